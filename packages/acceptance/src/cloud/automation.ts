import { waitUntil } from "../wait.ts";
import type { CloudApi } from "./api.ts";

/** The states of a command that goes on. */
const UNDER_WAY = ["PENDING", "DELIVERING", "RUNNING", "DELIVER_DELAYED"];

/** A command's task, as far as it is looked at. */
interface TatTask {
  readonly TaskStatus: string;
  readonly ErrorInfo?: string;
  readonly TaskResult: { readonly Output: string; readonly ExitCode: number };
}

/** How a command on a node has ended. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
}

/** Whether the automation agent (TAT) of an instance is connected. */
export async function isReachable(api: CloudApi, instanceId: string): Promise<boolean> {
  const { AutomationAgentSet } = await api.call("tat", "DescribeAutomationAgentStatus", { InstanceIds: [instanceId] });
  const [agent] = AutomationAgentSet as readonly { readonly AgentStatus: string }[];
  return agent?.AgentStatus === "Online";
}

/**
 * Runs a script as root of a node, through the cloud's automation (TAT).
 *
 * @param timeoutS how long it may run
 * @throws ApiError where the cloud does not take it
 * @throws Error where it has not run to its end
 */
export async function runOnNode(
  api: CloudApi,
  instanceId: string,
  script: string,
  interruption: AbortSignal,
  timeoutS = 60,
): Promise<CommandResult> {
  const Content = Buffer.from(script).toString("base64");
  const { InvocationId } = await api.call("tat", "RunCommand", {
    InstanceIds: [instanceId],
    Content,
    Timeout: timeoutS,
  });
  const query = { Filters: [{ Name: "invocation-id", Values: [InvocationId] }], HideOutput: false };
  const task = await waitUntil<TatTask>({
    what: `the end of a command on ${instanceId}`,
    budgetMs: timeoutS * 1000 + 60_000,
    everyMs: 500,
    interruption,
    look: async () => {
      const { InvocationTaskSet } = await api.call("tat", "DescribeInvocationTasks", query);
      const [found] = InvocationTaskSet as readonly TatTask[];
      return found === undefined || UNDER_WAY.includes(found.TaskStatus) ? undefined : found;
    },
  });
  const output = Buffer.from(task.TaskResult.Output, "base64").toString();
  if (!["SUCCESS", "FAILED"].includes(task.TaskStatus)) {
    throw new Error(`a command on ${instanceId} is ${task.TaskStatus}: ${task.ErrorInfo || output.trim()}`);
  }
  return { exitCode: task.TaskResult.ExitCode, output };
}
