import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import type { Instance, InstanceState } from "./state.ts";

/** @throws CloudError `InvalidInstanceId.Malformed` or `InvalidInstanceId.NotFound` */
export function getInstance({ state }: Core, id: string): Instance {
  checkInstanceId(id);
  const instance = state.instances.get(id);
  if (!instance) throw new CloudError("InvalidInstanceId.NotFound", `The instance \`${id}\` does not exist.`);
  return instance;
}

/** @throws CloudError `InvalidInstanceId.Malformed` */
export function checkInstanceId(id: string): void {
  if (/^ins-[0-9a-z]{8,}$/.test(id)) return;
  throw new CloudError("InvalidInstanceId.Malformed", `The value \`${id}\` of \`InstanceIds\` is malformed.`);
}

/** @throws CloudError the code for the instance's state if it is none of these */
export function checkState({ instanceId, instanceState }: Instance, ...allowed: readonly InstanceState[]): void {
  if (allowed.includes(instanceState)) return;
  throw new CloudError(
    {
      PENDING: "UnsupportedOperation.InstanceStatePending",
      LAUNCH_FAILED: "UnsupportedOperation.InstanceStateLaunchFailed",
      RUNNING: "UnsupportedOperation.InstanceStateRunning",
      STOPPING: "UnsupportedOperation.InstanceStateStopping",
      STOPPED: "UnsupportedOperation.InstanceStateStopped",
      STARTING: "UnsupportedOperation.InstanceStateStarting",
      REBOOTING: "UnsupportedOperation.InstanceStateRebooting",
      TERMINATING: "UnsupportedOperation.InstanceStateTerminating",
      SHUTDOWN: "UnsupportedOperation.InstanceStateShutdown",
    }[instanceState],
    `The instance \`${instanceId}\` in the state \`${instanceState}\` does not support this operation.`,
  );
}

/** @throws CloudError `UnsupportedOperation.InstancesProtected` if it must not be terminated */
export function checkUnprotected({ instanceId, isProtected }: Instance): void {
  if (!isProtected) return;
  throw new CloudError(
    "UnsupportedOperation.InstancesProtected",
    `The instance \`${instanceId}\` is protected from termination: take that away first.`,
  );
}

/**
 * Whether an instance can be changed in a way that needs it to be shut down.
 *
 * @param forceStop - whether the operation may shut it down by force and start it again
 * @throws CloudError the code for its state, or `UnsupportedOperation.StoppedModeStopCharging`
 */
export function checkStopped(instance: Instance, forceStop: boolean): void {
  checkState(instance, "STOPPED", ...(forceStop ? (["RUNNING"] as const) : []));
  if (instance.stoppedMode !== "STOP_CHARGING") return;
  throw new CloudError(
    "UnsupportedOperation.StoppedModeStopCharging",
    `The instance \`${instance.instanceId}\` is not charged while it is stopped, and does not support this operation.`,
  );
}
