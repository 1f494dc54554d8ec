import { type Problem, problem } from "../../cloud/problem.ts";
import { pause, requireSameState, type Run, write } from "../../protocol/run.ts";
import type { InterfaceObservation } from "./observe.ts";

/** The result of a move. `unknown`: the next look shows who has the address. */
export type Fate = "moved" | "planned" | "unknown";

/** The first and the longest pause between two questions for a task, in ms: they double. */
const FIRST_QUESTION_MS = 10;
const LAST_QUESTION_MS = 100;

/**
 * Moves the address to an interface of the pair, and waits for the end of the cloud's task.
 *
 * @throws {Problem} `Task` if the task fails or outlasts the run, `VRRP` if keepalived's state changes meanwhile
 */
export async function move(run: Run, { holder, holderId }: InterfaceObservation, to: string): Promise<Fate> {
  const { vip } = run.address;
  const answer =
    holder === "none"
      ? await write(run, "AssignPrivateIpAddresses", {
          NetworkInterfaceId: to,
          PrivateIpAddresses: [{ PrivateIpAddress: vip }],
        })
      : await write(run, "MigratePrivateIpAddress", {
          SourceNetworkInterfaceId: holderId,
          DestinationNetworkInterfaceId: to,
          PrivateIpAddress: vip,
        });
  if (!answer) return "planned";
  // The id of the task is the RequestId of the call that started it.
  const taskId = answer["RequestId"];
  for (let ms = FIRST_QUESTION_MS; ; ms = Math.min(ms * 2, LAST_QUESTION_MS)) {
    const status = await taskStatus(run, taskId);
    if (status === "SUCCESS") return "moved";
    if (status === "unknown") return pause(run, "the task cannot be asked for", LAST_QUESTION_MS).then(() => status);
    if (status !== "RUNNING" || run.host.clock() >= run.deadline) {
      throw problem("Task", `the task of the move is ${status}`);
    }
    await pause(run, undefined, ms);
    requireSameState(run);
  }
}

/**
 * The status of a task. CAM's lists of actions lack DescribeVpcTaskResult, so a policy may not allow it: then only the
 * address itself shows the result.
 */
async function taskStatus(run: Run, taskId: unknown): Promise<string> {
  try {
    const { Status } = await run.api.call("DescribeVpcTaskResult", { TaskId: taskId });
    return `${Status}`;
  } catch (error) {
    const { code } = error as Problem;
    // A task may become visible a moment after the answer that names it.
    if (code === "ResourceNotFound") return "RUNNING";
    if (/^(AuthFailure\.)?UnauthorizedOperation$/.test(code)) return "unknown";
    throw error;
  }
}
