import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { pass, simulateTime } from "../../../support/simulated-time.ts";
import { base64, startAgents } from "../../../support/tat.ts";

let tat: Awaited<ReturnType<typeof startAgents>>;
beforeEach(simulateTime);
beforeEach(async () => {
  tat = await startAgents();
});
afterEach(() => tat.cloud.stop());

const output = Buffer.from("said\n");

test("a command is PENDING, DELIVERING, RUNNING on every instance, then ended on each as its agent says", async () => {
  const { InvocationId, CommandId } = await tat.run({ Timeout: 7, Username: "nobody", WorkingDirectory: "/tmp" });
  expect(CommandId).toMatch(/^cmd-/);
  const shown = async (status: string, invocationStatus: string) => {
    expect(await tat.tasks(InvocationId)).toMatchObject([{ TaskStatus: status }, { TaskStatus: status }]);
    expect(await tat.invocation(InvocationId)).toMatchObject({ InvocationStatus: invocationStatus, EndTime: null });
  };
  await shown("PENDING", "PENDING");
  await pass(tat.cloud.taskMs / 2);
  await shown("DELIVERING", "RUNNING");
  await pass(tat.cloud.taskMs / 2);
  await shown("RUNNING", "RUNNING");
  expect(tat.agents.commands).toEqual(
    tat.InstanceIds.map((instanceId) => ({
      ...{ instanceId, script: "true", timeoutS: 7, username: "nobody", workingDirectory: "/tmp" },
    })),
  );
  tat.agents.end(tat.first, { kind: "exited", exitCode: 0, output });
  tat.agents.end(tat.second, { kind: "exited", exitCode: 4, output });
  await eventually(async () =>
    expect(await tat.tasks(InvocationId, { HideOutput: false })).toMatchObject([
      { TaskStatus: "SUCCESS", TaskResult: { ExitCode: 0, Output: base64("said\n"), Dropped: 0 } },
      { TaskStatus: "FAILED", TaskResult: { ExitCode: 4 }, EndTime: expect.stringMatching(/Z$/) as string },
    ]),
  );
  expect(await tat.invocation(InvocationId)).toMatchObject({
    InvocationStatus: "PARTIAL_FAILED",
    EndTime: expect.any(String) as string,
  });
});

test.each([
  [{ kind: "timed out", output } as const, "TIMEOUT", "TIMEOUT", ""],
  [{ kind: "not started", reason: "no such user" } as const, "START_FAILED", "FAILED", "no such user"],
  [{ kind: "lost" } as const, "TASK_TIMEOUT", "FAILED", "the agent does not answer"],
])("a command that ends as %j is %s", async (outcome, status, invocationStatus, ErrorInfo) => {
  const { InvocationId } = await tat.run({ InstanceIds: [tat.first] });
  await tat.isRunning(1);
  tat.agents.end(tat.first, outcome);
  await eventually(async () =>
    expect(await tat.tasks(InvocationId)).toMatchObject([
      { TaskStatus: status, ErrorInfo, TaskResult: { ExitCode: -1 } },
    ]),
  );
  expect(await tat.invocation(InvocationId)).toMatchObject({ InvocationStatus: invocationStatus });
});

test("of what a command writes, 24 KB of base64 are kept, and the API tells how many bytes it has dropped", async () => {
  const { InvocationId } = await tat.run({ InstanceIds: [tat.first] });
  await tat.isRunning(1);
  tat.agents.end(tat.first, { kind: "exited", exitCode: 0, output: Buffer.alloc(20_000, "x") });
  await eventually(async () => expect((await tat.tasks(InvocationId))[0]).toMatchObject({ TaskStatus: "SUCCESS" }));
  const [{ TaskResult }] = await tat.tasks(InvocationId, { HideOutput: false });
  expect(TaskResult).toMatchObject({ Dropped: 20_000 - 18_432 });
  expect(TaskResult.Output).toHaveLength(24 * 1024);
});

test("a command is not delivered where its agent has gone offline, its instance has gone, or the task fails", async () => {
  const { InvocationId } = await tat.run();
  tat.agents.statuses.set(tat.first, "offline");
  await tat.ask("cvm:StopInstances", { InstanceIds: [tat.second] });
  await eventually(async () =>
    expect(await tat.tasks(InvocationId)).toMatchObject([
      { TaskStatus: "DELIVER_FAILED" },
      { TaskStatus: "DELIVER_FAILED" },
    ]),
  );
  tat.agents.statuses.clear();
  tat.cloud.faults.add({ action: "RunCommand", task: "fails" });
  const again = await tat.run({ InstanceIds: [tat.first] });
  await eventually(async () =>
    expect(await tat.tasks(again.InvocationId)).toMatchObject([{ TaskStatus: "DELIVER_FAILED" }]),
  );
  expect(tat.agents.commands).toEqual([]);
});
