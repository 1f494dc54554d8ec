import { CloudError, missingParameter } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import type { Disk } from "./state.ts";

/** @throws CloudError `InvalidDiskId.NotFound` */
export function getDisk({ state }: Core, diskId: string): Disk {
  const disk = state.disks.get(diskId);
  if (!disk) throw new CloudError("InvalidDiskId.NotFound", `The disk \`${diskId}\` does not exist.`);
  return disk;
}

/** @throws CloudError `MissingParameter`, or `InvalidParameterValue.LimitExceeded` over `max` */
export function checkDiskCount(diskIds: readonly string[], max: number): void {
  if (diskIds.length === 0) throw missingParameter("DiskIds");
  if (diskIds.length <= max) return;
  throw new CloudError(
    "InvalidParameterValue.LimitExceeded",
    `\`DiskIds\` has at most ${max} disks, got ${diskIds.length}.`,
  );
}

/**
 * Whether nothing is done to a disk.
 *
 * @param code - the action's code for a disk that is busy
 * @throws CloudError with this code
 */
export function checkIdle({ diskId, diskState }: Disk, code: string): void {
  if (diskState === "ATTACHED" || diskState === "UNATTACHED" || diskState === "TORECYCLE") return;
  throw new CloudError(code, `The disk \`${diskId}\` is busy: its state is \`${diskState}\`.`);
}
