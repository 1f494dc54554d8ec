import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import { systemDiskOf } from "../../cbs/index.ts";
import { instanceTypes } from "../../instance-types.ts";
import { known } from "../../store.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkInstanceType } from "../zone/instance-types.ts";
import { isSoldOut } from "../zone/sold-out.ts";
import { checkStopped } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import type { Instance } from "./state.ts";
import { resettableDiskTypes } from "./system-disk.ts";

/**
 * Gives one instance another type; asynchronous. It must be stopped, or be allowed to be stopped by force, and it runs
 * afterwards in both cases.
 */
export const resetInstancesType = defineAction(
  "ResetInstancesType",
  object({ InstanceIds: list(string), InstanceType: string, ForceStop: optional(boolean) }),
  (core, { InstanceIds, InstanceType, ForceStop = false }, requestId) => {
    const instances = findInstances(core, InstanceIds, 1);
    for (const instance of instances) {
      checkType(core, instance, InstanceType);
      checkResettable(core, instance, ForceStop);
    }
    startOperation(core, instances, {
      action: "ResetInstancesType",
      requestId,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : "STARTING"),
      power: (before) => (before === "RUNNING" ? ["soft first off", "on"] : ["on"]),
      commit: (instance) => {
        instance.instanceType = InstanceType;
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);

function checkType({ state }: Core, { instanceId, subnetId }: Instance, instanceType: string): void {
  checkInstanceType(instanceType);
  const { zone } = known(state.subnets, subnetId);
  if (!Object.hasOwn(instanceTypes, instanceType)) {
    throw new CloudError(
      "ResourceNotFound.InvalidZoneInstanceType",
      `The zone \`${zone}\` of \`${instanceId}\` does not have the instance type \`${instanceType}\`.`,
    );
  }
  if (isSoldOut(state, { zone, instanceType })) {
    throw new CloudError("ResourcesSoldOut.SpecifiedInstanceType", `\`${instanceType}\` is sold out in \`${zone}\`.`);
  }
}

function checkResettable({ state }: Core, instance: Instance, forceStop: boolean): void {
  const { instanceId } = instance;
  checkStopped(instance, forceStop);
  const { diskType } = systemDiskOf(state, instanceId);
  if (!resettableDiskTypes.includes(diskType)) {
    throw new CloudError(
      "UnsupportedOperation.SystemDiskType",
      `The system disk of \`${instanceId}\` is one of ${resettableDiskTypes.join(", ")}, got \`${diskType}\`.`,
    );
  }
}
