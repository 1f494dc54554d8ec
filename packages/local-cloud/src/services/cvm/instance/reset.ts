import { CloudError } from "../../../api/errors.ts";
import { integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { systemDiskOf } from "../../cbs/index.ts";
import { checkImage } from "../image/checks.ts";
import { defineAction } from "../service.ts";
import { checkStopped } from "./checks.ts";
import { checkLoginSettings, enhancedService, loginSettings } from "./login-settings.ts";
import { checkHostName } from "./names.ts";
import { findInstances, startOperation } from "./operation.ts";
import { checkSystemDisk, resettableDiskTypes } from "./system-disk.ts";
import { checkUserData } from "./user-data.ts";

/**
 * Installs the system of an instance anew, from its own image or another one; asynchronous. All that is on its system disk
 * is gone, and so are the key pairs that the call does not name; data disks stay as they are. It is shut down by force
 * where it runs, and runs afterwards in any case.
 */
export const resetInstance = defineAction(
  "ResetInstance",
  object({
    InstanceId: string,
    ImageId: optional(string),
    SystemDisk: optional(
      object({
        DiskSize: optional(integer),
        DiskType: unsupported,
        DiskId: unsupported,
        DiskName: unsupported,
        Encrypt: unsupported,
        KmsKeyId: unsupported,
        CdcId: unsupported,
      }),
    ),
    LoginSettings: loginSettings,
    EnhancedService: enhancedService,
    HostName: optional(string),
    UserData: optional(string),
  }),
  (core, { InstanceId, ImageId, SystemDisk, LoginSettings, HostName, UserData }, requestId) => {
    const { state } = core;
    const instances = findInstances(core, [InstanceId], 1);
    for (const instance of instances) checkStopped(instance, true);
    if (ImageId !== undefined) checkImage(state, ImageId);
    checkLoginSettings(state, LoginSettings);
    if (HostName !== undefined) checkHostName(HostName, "InvalidParameterValue.IllegalHostName");
    if (UserData !== undefined) checkUserData(UserData);
    const systemDisk = systemDiskOf(state, InstanceId);
    if (!resettableDiskTypes.includes(systemDisk.diskType)) {
      throw new CloudError(
        "InvalidInstance.NotSupported",
        `The system disk of \`${InstanceId}\` is one of ${resettableDiskTypes.join(", ")}, got \`${systemDisk.diskType}\`.`,
      );
    }
    const { DiskSize: diskSize = systemDisk.diskSize } = SystemDisk ?? {};
    if (diskSize < systemDisk.diskSize) {
      throw new CloudError(
        "InvalidParameterValue",
        `The system disk of \`${InstanceId}\` becomes no smaller than ${systemDisk.diskSize} GB, got ${diskSize}.`,
      );
    }
    checkSystemDisk({ DiskType: undefined, DiskSize: diskSize, DiskName: undefined });
    startOperation(core, instances, {
      action: "ResetInstance",
      requestId,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : "STARTING"),
      power: (before) => [...(before === "RUNNING" ? (["soft first off"] as const) : []), "reinstall", "on"],
      commit: (instance) => {
        systemDisk.diskSize = diskSize;
        instance.imageId = ImageId ?? instance.imageId;
        instance.keyIds = [...(LoginSettings?.KeyIds ?? [])];
        instance.hostName = HostName ?? instance.hostName;
        instance.userData = UserData ?? instance.userData;
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);
