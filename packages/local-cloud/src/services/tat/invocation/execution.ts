import type { AgentOutcome } from "../../automation.ts";
import { agentStatus } from "../agent/checks.ts";
import type { Core } from "../service.ts";
import type { Invocation, InvocationTask } from "./state.ts";

/** How much of a command's output is kept: 24 KB of base64. Source: the TAT API's description of TaskResult. */
const maxOutputBytes = ((24 * 1024) / 4) * 3;

/**
 * Hands a command to its instances' agents; asynchronous: a task is PENDING, then DELIVERING, then RUNNING, then ended.
 *
 * @param requestId - of the call
 */
export function startInvocation(core: Core, invocation: Invocation, requestId: string): void {
  const tasks = invocation.taskIds.flatMap((id) => core.state.invocationTasks.get(id) ?? []);
  const change = (task: InvocationTask, changes: Partial<InvocationTask>) => {
    Object.assign(task, changes, { updatedAt: core.now() });
  };
  const fail = (task: InvocationTask) =>
    change(task, { status: "DELIVER_FAILED", endedAt: core.now(), errorInfo: "the agent did not take the command" });
  const delivery = setTimeout(() => {
    for (const task of tasks) if (task.status === "PENDING") change(task, { status: "DELIVERING" });
  }, core.tasks.taskMs / 2);
  delivery.unref();
  core.tasks.start({
    taskId: requestId,
    action: "RunCommand",
    locks: [],
    commit: () => {
      for (const task of tasks) {
        if (isOnline(core, task.instanceId)) {
          change(task, { status: "RUNNING", startedAt: core.now() });
          void runOnAgent(core, invocation, task).then((changes) => change(task, { ...changes, endedAt: core.now() }));
        } else fail(task);
      }
    },
    undo: () => {
      for (const task of tasks) fail(task);
    },
  });
}

/** An instance may have gone since the call. */
function isOnline(core: Core, instanceId: string): boolean {
  const instance = core.state.instances.get(instanceId);
  return instance !== undefined && agentStatus(core, instance) === "online";
}

async function runOnAgent(
  { automation }: Core,
  { content, timeoutS, username, workingDirectory }: Invocation,
  { instanceId }: InvocationTask,
): Promise<Partial<InvocationTask>> {
  const script = Buffer.from(content, "base64").toString();
  const outcome = await automation.agents?.run({ instanceId, script, timeoutS, username, workingDirectory });
  return changesBy(outcome ?? { kind: "lost" });
}

function changesBy(outcome: AgentOutcome): Partial<InvocationTask> {
  switch (outcome.kind) {
    case "exited": {
      const { exitCode, output } = outcome;
      return { status: exitCode === 0 ? "SUCCESS" : "FAILED", exitCode, ...kept(output) };
    }
    case "timed out":
      return { status: "TIMEOUT", ...kept(outcome.output) };
    case "not started":
      return { status: "START_FAILED", errorInfo: outcome.reason };
    case "lost":
      return { status: "TASK_TIMEOUT", errorInfo: "the agent does not answer" };
  }
}

const kept = (output: Buffer): Pick<InvocationTask, "output" | "dropped"> => ({
  output: output.subarray(0, maxOutputBytes).toString("base64"),
  dropped: Math.max(0, output.length - maxOutputBytes),
});
