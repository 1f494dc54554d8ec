import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Instance } from "../../cvm/index.ts";
import type { Core } from "../service.ts";

/** @throws CloudError `InvalidParameterValue.InvalidInstanceId` */
export function checkInstanceId(id: string): void {
  if (isId("ins", id)) return;
  throw new CloudError("InvalidParameterValue.InvalidInstanceId", `The instance ID \`${id}\` is not valid.`);
}

/** How an instance's agent is; an instance that does not run has none that is online. */
export function agentStatus(
  { automation, state, now }: Core,
  { instanceId, instanceState }: Pick<Instance, "instanceId" | "instanceState">,
): "online" | "offline" | "not installed" {
  const status = (instanceState === "RUNNING" && automation.agents?.status(instanceId)) || "offline";
  if (status === "online") state.agentHeartbeats.set(instanceId, { at: now() });
  return status;
}

/**
 * Whether a command can be given to this instance.
 *
 * @throws CloudError `InvalidParameterValue.InvalidInstanceId`, `ResourceNotFound.InstanceNotFound`,
 * `ResourceUnavailable.InstanceStateNotRunning`, `.AgentNotInstalled` or `.AgentStatusNotOnline`
 */
export function checkReachable(core: Core, id: string): void {
  checkInstanceId(id);
  const instance = core.state.instances.get(id);
  if (!instance) throw new CloudError("ResourceNotFound.InstanceNotFound", `The instance \`${id}\` does not exist.`);
  const { instanceState } = instance;
  if (instanceState !== "RUNNING") {
    throw new CloudError(
      "ResourceUnavailable.InstanceStateNotRunning",
      `The instance \`${id}\` is ${instanceState}, not RUNNING.`,
    );
  }
  const status = agentStatus(core, instance);
  if (status === "not installed") {
    throw new CloudError("ResourceUnavailable.AgentNotInstalled", `The instance \`${id}\` has no TAT agent.`);
  }
  if (status === "offline") {
    throw new CloudError("ResourceUnavailable.AgentStatusNotOnline", `The TAT agent of \`${id}\` is not online.`);
  }
}
