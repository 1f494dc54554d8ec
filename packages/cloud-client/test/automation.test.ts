import { expect, test, vi } from "vitest";
import { runScript, type SCRIPT_ACTIONS, ScriptError } from "../src/automation.ts";
import type { CloudClient } from "../src/client.ts";
import { CloudError } from "../src/errors.ts";

const script = { instanceId: "ins-11111111", text: "hostname", timeoutS: 0.01, commandName: "test" };
const base64 = (text: string) => Buffer.from(text).toString("base64");
const ended = (TaskStatus: string, ExitCode: number, text: string) => ({
  ...{ TaskStatus, ErrorInfo: "", TaskResult: { ExitCode, Output: base64(text) } },
});
const goesOn = { TaskStatus: "RUNNING" };

/** A cloud that answers the questions for a task one after the other, the last one again and again. */
function cloudThatSays(...answers: (object | CloudError | undefined)[]) {
  const call = vi.fn(async (_service: "tat", action: string, _body: object): Promise<Record<string, unknown>> => {
    if (action === "RunCommand") return { InvocationId: "inv-1" };
    const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
    if (answer instanceof CloudError) throw answer;
    return { InvocationTaskSet: answer === undefined ? [] : [answer] };
  });
  return { call } satisfies CloudClient<typeof SCRIPT_ACTIONS>;
}

test("a script is waited for to its end, and its status and output are told", async () => {
  const cloud = cloudThatSays(undefined, goesOn, ended("SUCCESS", 0, "web-primary\n"));
  expect(await runScript(cloud, script)).toEqual({ exitStatus: 0, output: "web-primary\n" });
  expect(cloud.call.mock.calls[0]).toMatchObject([
    ...["tat", "RunCommand"],
    { Content: base64("hostname"), InstanceIds: ["ins-11111111"], Username: "root" },
  ]);
  const failed = cloudThatSays(ended("FAILED", 3, "no"));
  expect(await runScript(failed, script)).toEqual({ exitStatus: 3, output: "no" });
});

test("a question that is not answered, or comes too often, is asked again", async () => {
  const lost = new CloudError("NetworkError", "DescribeInvocationTasks", "socket hang up");
  const busy = new CloudError("RequestLimitExceeded", "DescribeInvocationTasks", "too many");
  expect(await runScript(cloudThatSays(lost, busy, ended("SUCCESS", 0, "")), script)).toMatchObject({ exitStatus: 0 });
});

test("refuses at once where the account may not ask", async () => {
  const denied = new CloudError("UnauthorizedOperation.CamNoAuth", "DescribeInvocationTasks", "no");
  const cloud = cloudThatSays(denied);
  await expect(runScript(cloud, script)).rejects.toThrow("allow DescribeInvocationTasks to the account's user");
  expect(cloud.call).toHaveBeenCalledTimes(2);
});

test.each([
  ["TIMEOUT", { ErrorInfo: "command timed out", TaskResult: { Output: base64("first\nlast\n") } }, "timed out: last"],
  ["DELIVER_FAILED", { ErrorInfo: "agent is not online" }, "TAT says DELIVER_FAILED: agent is not online"],
  ["CANCELLED", {}, "TAT says CANCELLED"],
])("refuses a script that ends as %s, with what TAT says", async (TaskStatus, more, said) => {
  const outcome = runScript(cloudThatSays({ TaskStatus, ...more }), script);
  await expect(outcome).rejects.toThrow(ScriptError);
  await expect(outcome).rejects.toThrow(said);
});

test("refuses to wait longer than the script's time and 30 s, and says what TAT said last", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(30_000).mockReturnValue(30_011);
  const cloud = cloudThatSays(goesOn);
  await expect(runScript(cloud, script)).rejects.toThrow("TAT still says RUNNING");
  clock.mockRestore();
  expect(cloud.call).toHaveBeenCalledTimes(3);
});

test("the waiting ends with an interruption", async () => {
  const { signal } = { signal: AbortSignal.abort(new Error("interrupted")) };
  await expect(runScript(cloudThatSays(goesOn), { ...script, interruption: signal })).rejects.toThrow("interrupted");
});
