import { dropTags } from "../../tag/index.ts";
import type { Core } from "../state.ts";
import { disksOf } from "./lookup.ts";
import type { Disk } from "./state.ts";

/** A disk goes, with its tags. */
export function removeDisk({ state }: Pick<Core, "state">, { diskId }: Disk): void {
  state.disks.delete(diskId);
  dropTags(state, "cvm:volume", diskId);
}

/**
 * An instance goes: so do its disks, but for the data disks that are kept, which are attached to nothing from then on.
 *
 * @param releasePrepaid - whether those that are paid in advance go as well
 */
export function releaseDisks(core: Pick<Core, "state">, instanceId: string, releasePrepaid: boolean): void {
  for (const disk of disksOf(core.state, instanceId)) {
    const goes = disk.usage === "SYSTEM_DISK" || disk.deleteWithInstance;
    if (goes || (releasePrepaid && disk.chargeType === "PREPAID")) {
      removeDisk(core, disk);
    } else {
      delete disk.instanceId;
      disk.diskState = "UNATTACHED";
    }
  }
}
