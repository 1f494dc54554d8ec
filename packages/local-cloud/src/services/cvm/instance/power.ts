import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import type { PowerStep } from "../../machines.ts";
import { defineAction } from "../service.ts";
import { checkState } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import type { StoppedMode } from "./state.ts";

/** How a machine is switched off, by StopType. */
const stopTypes = new Map<string, PowerStep>([
  ["SOFT", "soft off"],
  ["SOFT_FIRST", "soft first off"],
  ["HARD", "hard off"],
]);
const stoppedModes: readonly StoppedMode[] = ["KEEP_CHARGING", "STOP_CHARGING"];

/** Shuts instances down; asynchronous: they are STOPPING, then STOPPED. */
export const stopInstances = defineAction(
  "StopInstances",
  object({
    InstanceIds: list(string),
    ForceStop: optional(boolean),
    StopType: optional(string),
    StoppedMode: optional(string),
  }),
  (core, { InstanceIds, ForceStop, StopType, StoppedMode = "KEEP_CHARGING" }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    const off = howToSwitchOff("ForceStop", ForceStop, StopType);
    const stoppedMode = stoppedModes.find((mode) => mode === StoppedMode);
    if (!stoppedMode) throw notOneOf("StoppedMode", StoppedMode, stoppedModes);
    for (const instance of instances) checkState(instance, "RUNNING");
    startOperation(core, instances, {
      action: "StopInstances",
      requestId,
      meanwhile: () => "STOPPING",
      power: () => [off],
      commit: (instance) => {
        instance.instanceState = "STOPPED";
        instance.stoppedMode = stoppedMode;
      },
    });
    return {};
  },
);

/** Boots instances that are shut down; asynchronous: they are STARTING, then RUNNING. */
export const startInstances = defineAction(
  "StartInstances",
  object({ InstanceIds: list(string) }),
  (core, { InstanceIds }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    for (const instance of instances) checkState(instance, "STOPPED");
    startOperation(core, instances, {
      action: "StartInstances",
      requestId,
      meanwhile: () => "STARTING",
      power: () => ["on"],
      commit: (instance) => {
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);

/** Boots instances anew that run; asynchronous: they are REBOOTING, then RUNNING. */
export const rebootInstances = defineAction(
  "RebootInstances",
  object({ InstanceIds: list(string), ForceReboot: optional(boolean), StopType: optional(string) }),
  (core, { InstanceIds, ForceReboot, StopType }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    const off = howToSwitchOff("ForceReboot", ForceReboot, StopType);
    for (const instance of instances) checkState(instance, "RUNNING");
    startOperation(core, instances, {
      action: "RebootInstances",
      requestId,
      meanwhile: () => "REBOOTING",
      power: () => [off, "on"],
      commit: (instance) => {
        instance.instanceState = "RUNNING";
      },
    });
    return {};
  },
);

/**
 * How the machine is switched off; in order, where the call says nothing of it.
 *
 * @param name - the older parameter, which StopType has replaced
 * @throws CloudError `InvalidParameterCombination` or `InvalidParameterValue`
 */
function howToSwitchOff(name: string, force: boolean | undefined, stopType: string | undefined): PowerStep {
  if (force !== undefined && stopType !== undefined) {
    throw new CloudError(
      "InvalidParameterCombination",
      `The parameters \`${name}\` and \`StopType\` cannot be given together.`,
    );
  }
  if (stopType === undefined) return force ? "soft first off" : "soft off";
  const step = stopTypes.get(stopType);
  if (step === undefined) throw notOneOf("StopType", stopType, [...stopTypes.keys()]);
  return step;
}

const notOneOf = (name: string, value: string, values: readonly string[]) =>
  new CloudError("InvalidParameterValue", `The value of \`${name}\` is one of ${values.join(", ")}, got \`${value}\`.`);
