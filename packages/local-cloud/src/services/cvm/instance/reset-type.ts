import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import { instanceTypes } from "../../instance-types.ts";
import { defineAction } from "../service.ts";
import { checkStopped } from "./checks.ts";
import { isTypeName } from "./names.ts";
import { findInstances, startOperation } from "./operation.ts";
import type { Instance } from "./state.ts";

/** The system disks that an instance may have. Source: the CVM API's description of ResetInstancesType. */
const diskTypes = ["CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_SSD", "CLOUD_BSSD"];

/**
 * Gives one instance another type; asynchronous. It must be stopped, or be allowed to be stopped by force, and it runs
 * afterwards in both cases.
 */
export const resetInstancesType = defineAction(
  "ResetInstancesType",
  object({ InstanceIds: list(string), InstanceType: string, ForceStop: optional(boolean) }),
  (core, { InstanceIds, InstanceType, ForceStop = false }, requestId) => {
    const instances = findInstances(core, InstanceIds, 1);
    checkType(InstanceType);
    for (const instance of instances) checkResettable(instance, ForceStop);
    startOperation(core, instances, {
      action: "ResetInstancesType",
      requestId,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : "STARTING"),
      commit: (instance) => {
        instance.instanceType = InstanceType;
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);

function checkType(instanceType: string): void {
  if (Object.hasOwn(instanceTypes, instanceType)) return;
  throw new CloudError(
    isTypeName(instanceType) ? "ResourceNotFound.InvalidZoneInstanceType" : "InvalidInstanceType.Malformed",
    `The instance type \`${instanceType}\` does not exist in this zone.`,
  );
}

function checkResettable(instance: Instance, forceStop: boolean): void {
  const { instanceId, systemDisk } = instance;
  checkStopped(instance, forceStop);
  if (!diskTypes.includes(systemDisk.diskType)) {
    throw new CloudError(
      "UnsupportedOperation.SystemDiskType",
      `The system disk of \`${instanceId}\` is one of ${diskTypes.join(", ")}, got \`${systemDisk.diskType}\`.`,
    );
  }
}
