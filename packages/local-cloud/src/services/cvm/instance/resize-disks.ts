import { CloudError, unsupportedParameter } from "../../../api/errors.ts";
import { boolean, integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import { checkStopped } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import { checkSystemDisk } from "./system-disk.ts";

/**
 * Gives an instance a larger system disk; asynchronous. It must be stopped, or be allowed to be stopped by force, and it
 * runs afterwards in both cases. There are no data disks here, and none is resized online.
 */
export const resizeInstanceDisks = defineAction(
  "ResizeInstanceDisks",
  object({
    InstanceId: string,
    SystemDisk: optional(
      object({ DiskType: optional(string), DiskSize: optional(integer), DiskId: unsupported, DiskName: unsupported }),
    ),
    DataDisks: unsupported,
    ForceStop: optional(boolean),
    ResizeOnline: unsupported,
  }),
  (core, { InstanceId, SystemDisk: disk, ForceStop = false }, requestId) => {
    if (disk === undefined) {
      throw new CloudError("MissingParameter.AtLeastOne", "One of `DataDisks` and `SystemDisk` must be specified.");
    }
    const instances = findInstances(core, [InstanceId], 1);
    checkSystemDisk({ ...disk, DiskName: undefined });
    for (const instance of instances) {
      checkStopped(instance, ForceStop);
      const { diskSize, diskType } = instance.systemDisk;
      if ((disk.DiskType ?? diskType) !== diskType) throw unsupportedParameter("SystemDisk.DiskType");
      if ((disk.DiskSize ?? diskSize) < diskSize) {
        throw new CloudError(
          "InvalidParameterValue",
          `The system disk of \`${InstanceId}\` becomes no smaller than ${diskSize} GB, got ${disk.DiskSize}.`,
        );
      }
    }
    startOperation(core, instances, {
      action: "ResizeInstanceDisks",
      requestId,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : "STARTING"),
      power: (before) => (before === "RUNNING" ? ["soft first off", "on"] : ["on"]),
      commit: (instance) => {
        instance.systemDisk.diskSize = disk.DiskSize ?? instance.systemDisk.diskSize;
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);
