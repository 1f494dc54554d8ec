import { setTimeout as sleep } from "node:timers/promises";
import type { CloudClient } from "./client.ts";
import { CloudError } from "./errors.ts";

/** What running a script takes. */
export const SCRIPT_ACTIONS = { tat: ["RunCommand", "DescribeInvocationTasks"] } as const;

/** The most characters of a script in base64. Source: TAT's RunCommand, parameter `Content`. */
export const MAX_SCRIPT_CHARACTERS = 64 * 1024;

/** When the end of a script is asked for, in ms after the question before; the last one again and again. */
const POLLS_MS = [50, 100, 200, 400];

/** How much longer than the script may run the cloud may take to deliver it, in ms. */
const DELIVERY_MS = 30_000;

/** The states in which a task of TAT goes on. */
const GOING_ON = ["PENDING", "DELIVERING", "DELIVER_DELAYED", "RUNNING", "CANCELLING"];

/** The states in which a script has run to its end. */
const ENDED = ["SUCCESS", "FAILED"];

/** A script of `/bin/sh`, and where it is to run as root. */
export interface Script {
  readonly instanceId: string;
  readonly text: string;
  /** For how many seconds it may run. */
  readonly timeoutS: number;
  /** How the cloud's console calls it. */
  readonly commandName: string;
  /** Ends the waiting; the script goes on. @default - it is waited for */
  readonly interruption?: AbortSignal;
}

/** What a script came to. */
export interface ScriptResult {
  readonly exitStatus: number;
  /** All that it wrote. */
  readonly output: string;
}

/** A script was not delivered, or did not run to its end: what TAT says. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
}

/**
 * Runs a script through the cloud's automation (TAT): no SSH, no open port.
 *
 * @throws CloudError where the cloud does not take it
 * @throws ScriptError where it has not run to its end
 * @throws the interruption's reason
 */
export async function runScript(cloud: CloudClient<typeof SCRIPT_ACTIONS>, script: Script): Promise<ScriptResult> {
  const { instanceId, text, timeoutS, commandName, interruption } = script;
  const { InvocationId } = await cloud.call("tat", "RunCommand", {
    Content: Buffer.from(text).toString("base64"),
    InstanceIds: [instanceId],
    CommandType: "SHELL",
    CommandName: commandName,
    Username: "root",
    Timeout: timeoutS,
  });
  const deadline = performance.now() + timeoutS * 1_000 + DELIVERY_MS;
  for (let polls = 0; ; polls += 1) {
    interruption?.throwIfAborted();
    await sleep(POLLS_MS[polls] ?? POLLS_MS.at(-1));
    const seen = await look(cloud, String(InvocationId));
    if ("task" in seen && seen.task !== undefined && !GOING_ON.includes(seen.task.TaskStatus))
      return resultOf(seen.task);
    if (performance.now() < deadline) continue;
    if ("error" in seen) throw seen.error;
    throw new ScriptError(`TAT still says ${seen.task?.TaskStatus ?? "nothing"}`);
  }
}

interface Task {
  readonly TaskStatus: string;
  readonly ErrorInfo?: string | null;
  readonly TaskResult?: { readonly ExitCode?: number; readonly Output?: string } | null;
}

/** What a question has found. One that is not answered, or refused for what may pass, is asked again. */
type Look = { readonly task: Task | undefined } | { readonly error: CloudError };

/** The refusals that the same question may not meet with a moment later. */
const PASSING = /^(NetworkError|InternalError|RequestLimitExceeded|ResourceUnavailable|ServiceUnavailable)/;

async function look(cloud: CloudClient<typeof SCRIPT_ACTIONS>, invocationId: string): Promise<Look> {
  const query = { Filters: [{ Name: "invocation-id", Values: [invocationId] }], HideOutput: false };
  try {
    const { InvocationTaskSet } = await cloud.call("tat", "DescribeInvocationTasks", query);
    return { task: (InvocationTaskSet as readonly Task[] | undefined)?.[0] };
  } catch (error) {
    if (error instanceof CloudError && PASSING.test(error.code)) return { error };
    throw error;
  }
}

function resultOf({ TaskStatus, TaskResult, ErrorInfo }: Task): ScriptResult {
  const output = Buffer.from(TaskResult?.Output ?? "", "base64").toString("utf8");
  if (ENDED.includes(TaskStatus)) return { exitStatus: TaskResult?.ExitCode ?? 1, output };
  const said = [ErrorInfo, output.trim().split("\n").at(-1)].filter(Boolean).join(": ");
  throw new ScriptError(`TAT says ${TaskStatus}${said === "" ? "" : `: ${said}`}`);
}
