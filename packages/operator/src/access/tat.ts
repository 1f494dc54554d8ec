import { setTimeout as sleep } from "node:timers/promises";
import { type CloudClient, CloudError } from "../cloud/client.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";
import { DEFAULT_TIMEOUT_S, type NodeAccess, type NodeResult, UnreachableNodeError } from "./node-access.ts";

/** When the end of a script is asked for, in ms after the question before; the last one again and again. */
const POLLS_MS = [50, 100, 200, 400];

/** How much longer than the script may run the cloud may take to deliver it, in ms. */
const DELIVERY_MS = 30_000;

/** The most bytes of a script, in base64. Source: TAT's RunCommand, parameter `Content`. */
export const MAX_SCRIPT_CHARACTERS = 64 * 1024;

/** The states in which a task of TAT goes on. */
const GOING_ON = ["PENDING", "DELIVERING", "DELIVER_DELAYED", "RUNNING", "CANCELLING"];

/** The states in which a script has run to its end. */
const ENDED = ["SUCCESS", "FAILED"];

/** What the operator does where TAT does not reach a node. */
const REMEDY = "see that the instance runs and has the automation agent, or reach it with --ssh USER@";

/** Reaches the nodes through the cloud's automation: no SSH, no open port. */
export function tatAccess(cloud: CloudClient): NodeAccess {
  return {
    name: "TAT",
    run: async (node, script, { timeoutS = DEFAULT_TIMEOUT_S } = {}) => {
      const content = Buffer.from(script).toString("base64");
      if (content.length > MAX_SCRIPT_CHARACTERS) {
        throw new UnreachableNodeError(node, `a script of ${content.length} characters is more than TAT takes`);
      }
      const InvocationId = await explained(node, () => start(cloud, node, content, timeoutS));
      const deadline = Date.now() + timeoutS * 1_000 + DELIVERY_MS;
      for (let polls = 0; ; polls += 1) {
        await sleep(POLLS_MS[polls] ?? POLLS_MS.at(-1));
        const task = await explained(node, () => taskOf(cloud, InvocationId));
        if (task !== undefined && !GOING_ON.includes(task.TaskStatus)) return resultOf(node, task);
        if (Date.now() > deadline) {
          throw new UnreachableNodeError(node, `TAT still says ${task?.TaskStatus ?? "nothing"}: ${REMEDY}`);
        }
      }
    },
  };
}

async function start(cloud: CloudClient, node: DeployedNode, content: string, timeoutS: number): Promise<string> {
  const { InvocationId } = await cloud.call("tat", "RunCommand", {
    Content: content,
    InstanceIds: [node.instanceId],
    CommandType: "SHELL",
    CommandName: "pair",
    Username: "root",
    Timeout: timeoutS,
  });
  return String(InvocationId);
}

interface Task {
  readonly TaskStatus: string;
  readonly ErrorInfo?: string | null;
  readonly TaskResult?: { readonly ExitCode?: number; readonly Output?: string } | null;
}

async function taskOf(cloud: CloudClient, invocationId: string): Promise<Task | undefined> {
  const { InvocationTaskSet } = (await cloud.call("tat", "DescribeInvocationTasks", {
    Filters: [{ Name: "invocation-id", Values: [invocationId] }],
    HideOutput: false,
  })) as { InvocationTaskSet?: readonly Task[] };
  return InvocationTaskSet?.[0];
}

function resultOf(node: DeployedNode, { TaskStatus, TaskResult, ErrorInfo }: Task): NodeResult {
  const output = Buffer.from(TaskResult?.Output ?? "", "base64").toString("utf8");
  if (ENDED.includes(TaskStatus)) return { exitStatus: TaskResult?.ExitCode ?? 1, output };
  const said = [ErrorInfo, output.trim().split("\n").at(-1)].filter(Boolean).join(": ");
  throw new UnreachableNodeError(node, `TAT says ${TaskStatus}${said === "" ? "" : `: ${said}`}: ${REMEDY}`);
}

/** What concerns this node alone is the node's; a refusal of the account or the network stays what it is. */
async function explained<T>(node: DeployedNode, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof CloudError) || /^(AuthFailure|UnauthorizedOperation|NetworkError)/.test(error.code))
      throw error;
    throw new UnreachableNodeError(node, `${error.message}: ${REMEDY}`, { cause: error });
  }
}
