import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { known } from "../../store.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkDiskCount, checkIdle, getDisk } from "./checks.ts";
import { maxDataDisks } from "./limits.ts";
import { dataDisksOf } from "./lookup.ts";
import { startDiskOperation } from "./operation.ts";
import { type Disk, isPortable } from "./state.ts";

/** How many disks one call may attach or detach. Source: the CBS API's descriptions of DiskIds. */
const maxDisks = 10;

/** Attaches elastic disks to an instance; asynchronous: they are ATTACHING, then ATTACHED. */
export const attachDisks = defineAction(
  "AttachDisks",
  object({
    InstanceId: string,
    DiskIds: list(string),
    DeleteWithInstance: optional(boolean),
    AttachMode: unsupported,
  }),
  (core, { InstanceId, DiskIds, DeleteWithInstance = false }, requestId) => {
    const disks = findDisks(core, DiskIds);
    const zone = zoneOf(core, InstanceId);
    for (const disk of disks) checkAttachable(disk, zone);
    if (dataDisksOf(core.state, InstanceId).length + disks.length > maxDataDisks) {
      throw new CloudError(
        "LimitExceeded.InstanceAttachedDisk",
        `The instance \`${InstanceId}\` may have at most ${maxDataDisks} data disks.`,
      );
    }
    for (const disk of disks) disk.instanceId = InstanceId;
    startDiskOperation(core, disks, {
      action: "AttachDisks",
      requestId,
      meanwhile: "ATTACHING",
      commit: (disk) => {
        disk.diskState = "ATTACHED";
        if (DeleteWithInstance && disk.chargeType === "POSTPAID_BY_HOUR") disk.deleteWithInstance = true;
      },
      undo: (disk) => {
        delete disk.instanceId;
      },
    });
    return {};
  },
);

/** Takes elastic disks off their instance; asynchronous: they are DETACHING, then UNATTACHED. */
export const detachDisks = defineAction(
  "DetachDisks",
  object({ DiskIds: list(string), InstanceId: optional(string) }),
  (core, { DiskIds, InstanceId }, requestId) => {
    const disks = findDisks(core, DiskIds);
    if (InstanceId !== undefined) zoneOf(core, InstanceId);
    for (const { diskId, diskState, instanceId } of disks) {
      if (diskState !== "ATTACHED") {
        throw new CloudError("InvalidDisk.NotSupported", `The disk \`${diskId}\` is attached to no instance.`);
      }
      if (instanceId !== (InstanceId ?? instanceId)) {
        throw new CloudError(
          "InvalidParameterValue",
          `The disk \`${diskId}\` is attached to \`${instanceId}\`, not to \`${InstanceId}\`.`,
        );
      }
    }
    startDiskOperation(core, disks, {
      action: "DetachDisks",
      requestId,
      meanwhile: "DETACHING",
      commit: (disk) => {
        disk.diskState = "UNATTACHED";
        delete disk.instanceId;
      },
    });
    return {};
  },
);

/** @throws CloudError for too many disks or none, and one that is not there, boots an instance, or is busy */
function findDisks(core: Core, diskIds: readonly string[]): Disk[] {
  checkDiskCount(diskIds, maxDisks);
  const disks = diskIds.map((id) => getDisk(core, id));
  for (const disk of disks) {
    if (!isPortable(disk)) {
      throw new CloudError("InvalidDisk.TypeError", `\`${disk.diskId}\` is the system disk of \`${disk.instanceId}\`.`);
    }
    checkIdle(disk, "ResourceBusy");
  }
  return disks;
}

/** Where an instance is that takes disks. @throws CloudError `InvalidInstanceId.NotFound` or `InvalidInstance.NotSupported` */
function zoneOf({ state }: Core, instanceId: string): string {
  const instance = state.instances.get(instanceId);
  if (!instance) throw new CloudError("InvalidInstanceId.NotFound", `The instance \`${instanceId}\` does not exist.`);
  if (!["RUNNING", "STOPPED", "SHUTDOWN"].includes(instance.instanceState)) {
    throw new CloudError(
      "InvalidInstance.NotSupported",
      `The instance \`${instanceId}\` in the state \`${instance.instanceState}\` does not support this operation.`,
    );
  }
  return known(state.subnets, instance.subnetId).zone;
}

function checkAttachable({ diskId, diskState, instanceId, zone }: Disk, zoneOfInstance: string): void {
  if (instanceId !== undefined) {
    throw new CloudError("ResourceUnavailable.Attached", `The disk \`${diskId}\` is attached to \`${instanceId}\`.`);
  }
  if (diskState === "TORECYCLE") {
    throw new CloudError("ResourceUnavailable.NotSupported", `The disk \`${diskId}\` was given back.`);
  }
  if (zone !== zoneOfInstance) {
    throw new CloudError(
      "ResourceUnavailable.ZoneNotMatch",
      `The disk \`${diskId}\` is in the zone \`${zone}\`, the instance in \`${zoneOfInstance}\`.`,
    );
  }
}
