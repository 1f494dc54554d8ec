import { CloudError, missingParameter } from "../../../api/errors.ts";
import { power, type PowerStep } from "../../machines.ts";
import type { Core } from "../state.ts";
import { getInstance } from "./checks.ts";
import type { Instance, InstanceState } from "./state.ts";

/** Source: the CVM API's descriptions of InstanceIds. */
const maxInstances = 100;

/** Something that takes time and is done to several instances at once. */
export interface Operation {
  readonly action: string;
  /** Of the call that starts it. */
  readonly requestId: string;
  /** The state that an instance is in until the operation is over, by the state that it was in. */
  readonly meanwhile: (before: InstanceState) => InstanceState;
  /** What is done to the machine of an instance meanwhile, by the state that the instance was in. @default - nothing */
  readonly power?: (before: InstanceState) => readonly PowerStep[];
  /** Whether what it needs is still there when its time is over; else it fails. @default - it always is */
  readonly possible?: () => boolean;
  /** The state that an instance is in if the operation fails. @default - the one that it was in */
  readonly failed?: InstanceState;
  /** What the operation has changed when it is over. @param before - the state that the instance was in */
  readonly commit: (instance: Instance, before: InstanceState) => void;
}

/**
 * The instances that a call names.
 *
 * @param max - how many one call may name
 * @throws CloudError `MissingParameter`, `InvalidParameterValue.LimitExceeded`, `InvalidInstanceId.Malformed` or
 * `.NotFound`; `OperationDenied.InstanceOperationInProgress` if an operation runs that no state shows
 */
export function findInstances(core: Core, ids: readonly string[], max = maxInstances): Instance[] {
  if (ids.length === 0) throw missingParameter("InstanceIds");
  if (ids.length > max) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `\`InstanceIds\` has at most ${max} instances, got ${ids.length}.`,
    );
  }
  const instances = ids.map((id) => getInstance(core, id));
  const busy = instances.find(
    ({ instanceId, instanceState }) => isStable(instanceState) && core.tasks.lockedBy(instanceId),
  );
  if (busy) {
    throw new CloudError(
      "OperationDenied.InstanceOperationInProgress",
      `\`${busy.latestOperation.action}\` is still running on the instance \`${busy.instanceId}\`.`,
    );
  }
  return instances;
}

/** Whether the state says nothing of an operation that runs. */
const isStable = (state: InstanceState) => state === "RUNNING" || state === "STOPPED";

/** Starts what takes time. */
export function startOperation(core: Core, instances: readonly Instance[], operation: Operation): void {
  const { action, requestId, meanwhile, power: steps, commit, possible, failed } = operation;
  const before = new Map(instances.map((instance) => [instance, instance.instanceState]));
  for (const instance of instances) {
    instance.instanceState = meanwhile(instance.instanceState);
    instance.latestOperation = { action, requestId, state: "OPERATING" };
  }
  core.tasks.start({
    taskId: requestId,
    action,
    locks: instances.map(({ instanceId }) => instanceId),
    ...(steps && {
      work: Promise.all(
        [...before].map(([{ instanceId }, state]) => power(core.machineRoom, instanceId, steps(state))),
      ),
    }),
    ...(possible && { possible }),
    commit: () => {
      for (const [instance, state] of before) {
        instance.latestOperation.state = "SUCCESS";
        commit(instance, state);
      }
    },
    undo: () => {
      for (const [instance, state] of before) {
        instance.instanceState = failed ?? state;
        instance.latestOperation.state = "FAILED";
      }
    },
  });
}
