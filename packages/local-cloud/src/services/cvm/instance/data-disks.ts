import { CloudError } from "../../../api/errors.ts";
import {
  boolean,
  integer,
  list,
  object,
  optional,
  string,
  unsupported,
  unsupportedNumber,
} from "../../../api/parameters.ts";
import { checkDiskName, dataDiskSizes, maxDataDisks, wrongSize } from "../../cbs/index.ts";
import type { DataDiskOptions } from "./create.ts";
import type { Charge } from "./state.ts";

/** The API's DataDisk, as RunInstances takes it. */
const dataDiskParameters = object({
  DiskType: optional(string),
  DiskSize: integer,
  DiskName: optional(string),
  DeleteWithInstance: optional(boolean),
  Encrypt: optional(boolean),
  ThroughputPerformance: unsupportedNumber,
  DiskId: unsupported,
  SnapshotId: unsupported,
  KmsKeyId: unsupported,
  CdcId: unsupported,
  BurstPerformance: unsupported,
});

type DataDiskParameters = ReturnType<typeof dataDiskParameters>;

/** The API's DataDisks. */
export const dataDisksParameters = optional(list(dataDiskParameters));

/**
 * The data disks that are asked for.
 *
 * @param charge - how their instance is paid for: only those that are paid by the hour go with it
 * @throws CloudError if the cloud has no such disk, or an instance takes fewer
 */
export function dataDisksFor(disks: readonly DataDiskParameters[], { chargeType }: Charge): DataDiskOptions[] {
  if (disks.length > maxDataDisks) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `An instance has at most ${maxDataDisks} data disks, got ${disks.length}.`,
    );
  }
  return disks.map((disk) => {
    const { DiskType: diskType = "CLOUD_PREMIUM", DiskSize: diskSize, DiskName: diskName = "" } = disk;
    checkSize(diskType, diskSize);
    checkDiskName(diskName, "InvalidParameterValue.TooLong");
    const isPaidByHour = chargeType === "POSTPAID_BY_HOUR";
    if (disk.DeleteWithInstance && !isPaidByHour) {
      throw new CloudError(
        "InvalidParameterValue",
        "`DeleteWithInstance` can be true for data disks only that are paid by the hour.",
      );
    }
    const deleteWithInstance = disk.DeleteWithInstance ?? isPaidByHour;
    return { diskType, diskSize, diskName, deleteWithInstance, isEncrypted: disk.Encrypt ?? false };
  });
}

function checkSize(diskType: string, diskSize: number): void {
  const sizes = dataDiskSizes.get(diskType);
  if (!sizes) {
    throw new CloudError("UnsupportedOperation.InvalidDisk", `There is no data disk of the type \`${diskType}\` here.`);
  }
  const wrong = wrongSize(diskType, diskSize);
  if (wrong === undefined) return;
  const isSmallSsd = diskType === "CLOUD_SSD" && diskSize < sizes.min;
  throw new CloudError(
    isSmallSsd ? "InvalidParameterValue.CloudSsdDataDiskSizeTooSmall" : "InvalidParameterValue.Range",
    wrong,
  );
}
