import { CloudError } from "../../../api/errors.ts";
import { list, object, string, unsupported } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkDiskCount, checkIdle } from "./checks.ts";
import { removeDisk } from "./remove.ts";
import type { Disk } from "./state.ts";

/** Source: the CBS API's description of TerminateDisks. */
const maxDisks = 100;

/**
 * Gives disks back that are attached to nothing. One that is paid in advance is TORECYCLE at first, and goes at the second
 * call.
 */
export const terminateDisks = defineAction(
  "TerminateDisks",
  object({ DiskIds: list(string), DeleteSnapshot: unsupported }),
  (core, { DiskIds }) => {
    checkDiskCount(DiskIds, maxDisks);
    const disks = DiskIds.map((id) => findDisk(core, id));
    for (const disk of disks) {
      if (disk.chargeType === "PREPAID" && disk.diskState !== "TORECYCLE") disk.diskState = "TORECYCLE";
      else removeDisk(core, disk);
    }
    return {};
  },
);

function findDisk({ state }: Core, diskId: string): Disk {
  const disk = state.disks.get(diskId);
  if (!disk) throw new CloudError("InvalidParameterValue", `The disk \`${diskId}\` does not exist.`);
  if (disk.usage === "SYSTEM_DISK") {
    throw new CloudError("ResourceUnavailable.NotSupportRefund", `\`${diskId}\` is a system disk.`);
  }
  checkIdle(disk, "ResourceBusy");
  if (disk.instanceId !== undefined) {
    throw new CloudError("UnsupportedOperation", `The disk \`${diskId}\` is attached to \`${disk.instanceId}\`.`);
  }
  return disk;
}
