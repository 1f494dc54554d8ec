import { CloudError } from "../../../api/errors.ts";
import { checkDiskName } from "../../cbs/index.ts";

/** Source: the CVM API's description of SystemDisk. */
const diskTypes = [
  "LOCAL_BASIC",
  "LOCAL_SSD",
  "CLOUD_BASIC",
  "CLOUD_SSD",
  "CLOUD_PREMIUM",
  "CLOUD_BSSD",
  "CLOUD_HSSD",
  "CLOUD_TSSD",
];

/** The system disks of instances that can get another type or system. Source: the descriptions of ResetInstancesType and ResetInstance. */
export const resettableDiskTypes = ["CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_SSD", "CLOUD_BSSD"];

/** GB. Source: the product's description of system disks. */
const diskSize = { min: 20, max: 2048 };

/** @throws CloudError `UnsupportedOperation.InvalidDisk`, `InvalidParameterValue.Range` or `.TooLong` */
export function checkSystemDisk(disk: {
  readonly DiskType: string | undefined;
  readonly DiskSize: number | undefined;
  readonly DiskName: string | undefined;
}): void {
  const { DiskType: type, DiskSize: size, DiskName: name = "" } = disk;
  if (type && !diskTypes.includes(type)) {
    throw new CloudError("UnsupportedOperation.InvalidDisk", `The disk type \`${type}\` does not exist.`);
  }
  if (size && (size < diskSize.min || size > diskSize.max)) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `The system disk has ${diskSize.min} to ${diskSize.max} GB, got ${size}.`,
    );
  }
  checkDiskName(name, "InvalidParameterValue.TooLong");
}
