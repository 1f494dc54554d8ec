import { CloudError } from "../../../api/errors.ts";
import { boolean, integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { systemDiskOf } from "../../cbs/index.ts";
import { defineAction } from "../service.ts";
import { checkState, checkStopped } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import { checkSystemDisk } from "./system-disk.ts";

/**
 * Gives an instance a larger system disk; asynchronous. It must be stopped, or be allowed to be stopped by force, and it
 * runs afterwards in both cases; online, it just runs on. Its type stays: the API's description has the target size only.
 * Data disks are elastic here, which this action does not resize.
 */
export const resizeInstanceDisks = defineAction(
  "ResizeInstanceDisks",
  object({
    InstanceId: string,
    SystemDisk: optional(
      object({ DiskType: optional(string), DiskSize: optional(integer), DiskId: unsupported, DiskName: unsupported }),
    ),
    DataDisks: optional(list((_name, value) => value)),
    ForceStop: optional(boolean),
    ResizeOnline: optional(boolean),
  }),
  (core, { InstanceId, SystemDisk: disk, DataDisks, ForceStop = false, ResizeOnline = false }, requestId) => {
    if (DataDisks?.length) {
      throw new CloudError("UnsupportedOperation.InvalidDataDisk", "Elastic data disks are resized by ResizeDisk.");
    }
    if (disk === undefined) {
      throw new CloudError("MissingParameter.AtLeastOne", "One of `DataDisks` and `SystemDisk` must be specified.");
    }
    const instances = findInstances(core, [InstanceId], 1);
    checkSystemDisk({ ...disk, DiskName: undefined });
    for (const instance of instances) {
      if (ResizeOnline) checkState(instance, "RUNNING", "STOPPED");
      else checkStopped(instance, ForceStop);
      const { diskSize, diskType } = systemDiskOf(core.state, InstanceId);
      if ((disk.DiskType ?? diskType) !== diskType) {
        throw new CloudError(
          "InvalidParameterValue",
          `The system disk of \`${InstanceId}\` stays a \`${diskType}\`: its size only can be changed, got \`${disk.DiskType}\`.`,
        );
      }
      if ((disk.DiskSize ?? diskSize) < diskSize) {
        throw new CloudError(
          "InvalidParameterValue",
          `The system disk of \`${InstanceId}\` becomes no smaller than ${diskSize} GB, got ${disk.DiskSize}.`,
        );
      }
    }
    const resize = (): void => {
      const systemDisk = systemDiskOf(core.state, InstanceId);
      systemDisk.diskSize = disk.DiskSize ?? systemDisk.diskSize;
    };
    const call = { action: "ResizeInstanceDisks", requestId };
    if (ResizeOnline) {
      startOperation(core, instances, { ...call, meanwhile: (before) => before, commit: resize });
      return {};
    }
    startOperation(core, instances, {
      ...call,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : "STARTING"),
      power: (before) => (before === "RUNNING" ? ["soft first off", "on"] : ["on"]),
      commit: (instance) => {
        resize();
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);
