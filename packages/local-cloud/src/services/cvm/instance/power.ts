import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import { checkState } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import type { StoppedMode } from "./state.ts";

const stopTypes = ["SOFT", "SOFT_FIRST", "HARD"];
const stoppedModes: readonly StoppedMode[] = ["KEEP_CHARGING", "STOP_CHARGING"];

/** Shuts instances down; asynchronous: they are STOPPING, then STOPPED. Nothing here resists a soft shutdown. */
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
    if (ForceStop !== undefined && StopType !== undefined) {
      throw new CloudError(
        "InvalidParameterCombination",
        "The parameters `ForceStop` and `StopType` cannot be given together.",
      );
    }
    if (StopType !== undefined && !stopTypes.includes(StopType)) throw notOneOf("StopType", StopType, stopTypes);
    const stoppedMode = stoppedModes.find((mode) => mode === StoppedMode);
    if (!stoppedMode) throw notOneOf("StoppedMode", StoppedMode, stoppedModes);
    for (const instance of instances) checkState(instance, "RUNNING");
    startOperation(core, instances, {
      action: "StopInstances",
      requestId,
      meanwhile: () => "STOPPING",
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
      commit: (instance) => {
        instance.instanceState = "RUNNING";
        delete instance.stoppedMode;
      },
    });
    return {};
  },
);

const notOneOf = (name: string, value: string, values: readonly string[]) =>
  new CloudError("InvalidParameterValue", `The value of \`${name}\` is one of ${values.join(", ")}, got \`${value}\`.`);
