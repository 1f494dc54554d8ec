import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import { checkDiskCount, getDisk } from "./checks.ts";
import { checkDiskName } from "./limits.ts";

/** How many disks one call may change. */
const maxDisks = 100;

/** Changes what disks are called, and whether they go with their instance. */
export const modifyDiskAttributes = defineAction(
  "ModifyDiskAttributes",
  object({
    DiskIds: list(string),
    DiskName: optional(string),
    DeleteWithInstance: optional(boolean),
    Portable: unsupported,
    ProjectId: unsupported,
    DiskType: unsupported,
    BurstPerformanceOperation: unsupported,
  }),
  (core, { DiskIds, DiskName, DeleteWithInstance }) => {
    checkDiskCount(DiskIds, maxDisks);
    const disks = DiskIds.map((id) => getDisk(core, id));
    if (DiskName !== undefined) checkDiskName(DiskName, "InvalidParameterValue");
    for (const { diskId, usage, chargeType } of disks) {
      if (DeleteWithInstance === undefined || (usage === "DATA_DISK" && chargeType === "POSTPAID_BY_HOUR")) continue;
      throw new CloudError(
        "InvalidDisk.NotSupported",
        `\`DeleteWithInstance\` is for data disks that are paid by the hour, which \`${diskId}\` is not.`,
      );
    }
    for (const disk of disks) {
      disk.diskName = DiskName ?? disk.diskName;
      disk.deleteWithInstance = DeleteWithInstance ?? disk.deleteWithInstance;
    }
    return {};
  },
);
