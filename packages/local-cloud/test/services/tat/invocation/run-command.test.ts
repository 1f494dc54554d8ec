import { afterEach, beforeEach, expect, test } from "vitest";
import { simulateTime } from "../../../support/simulated-time.ts";
import { base64, startAgents } from "../../../support/tat.ts";

let tat: Awaited<ReturnType<typeof startAgents>>;
beforeEach(simulateTime);
beforeEach(async () => {
  tat = await startAgents();
});
afterEach(() => tat.cloud.stop());

/** The code that a command is refused with. */
const refusal = async (more: object) => (await tat.run(more)).Error?.Code;

test("takes the longest command, the longest name and description, and both ends of the timeout", async () => {
  const Content = base64("x".repeat(49_152));
  expect(Content).toHaveLength(64 * 1024);
  const longest = { CommandName: "n".repeat(60), Description: "d".repeat(120), Content };
  expect(await refusal({ ...longest, Timeout: 1 })).toBeUndefined();
  expect(await refusal({ ...longest, Timeout: 86_400 })).toBeUndefined();
  expect(await refusal({ CommandName: "命令-1" })).toBeUndefined();
});

test.each([
  [{ Content: base64("x".repeat(49_153)) }, "InvalidParameterValue.TooLong"],
  [{ Content: "true" + "!" }, "InvalidParameterValue.CommandContentInvalid"],
  [{ Content: "" }, "InvalidParameterValue.CommandContentInvalid"],
  [{ Content: null }, "MissingParameter"],
  [{ CommandName: "a b" }, "InvalidParameterValue.InvalidCommandName"],
  [{ CommandName: "命".repeat(21) }, "InvalidParameterValue.InvalidCommandName"],
  [{ Description: "d".repeat(121) }, "InvalidParameterValue.TooLong"],
  [{ CommandType: "PYTHON" }, "InvalidParameterValue"],
  [{ CommandType: "POWERSHELL" }, "InvalidParameterValue.AgentUnsupportedCommandType"],
  [{ WorkingDirectory: "root" }, "InvalidParameterValue.InvalidWorkingDirectory"],
  [{ Username: "" }, "InvalidParameterValue.InvalidUsername"],
  [{ Username: "two words" }, "InvalidParameterValue.InvalidUsername"],
  [{ Timeout: 0 }, "InvalidParameterValue.Range"],
  [{ Timeout: 86_401 }, "InvalidParameterValue.Range"],
  [{ InstanceIds: [] }, "MissingParameter"],
  [{ InstanceIds: ["web"] }, "InvalidParameterValue.InvalidInstanceId"],
  [{ InstanceIds: ["ins-00000000"] }, "ResourceNotFound.InstanceNotFound"],
  [
    { InstanceIds: Array.from({ length: 201 }, (_, i) => `ins-${10_000_000 + i}`) },
    "InvalidParameterValue.LimitExceeded",
  ],
  [{ SaveCommand: true }, "UnsupportedOperation"],
  [{ EnableParameter: true }, "UnsupportedOperation"],
])("refuses a command with %j", async (more, code) => {
  expect(await refusal(more)).toBe(code);
  expect((await tat.ask("tat:DescribeInvocations")).TotalCount).toBe(0);
});

test("refuses a command where one of the instances does not run, or has no agent, or one that is offline", async () => {
  await tat.ask("cvm:StopInstances", tat.ids);
  expect(await refusal({})).toBe("ResourceUnavailable.InstanceStateNotRunning");
  await tat.isIn("STOPPED");
  expect(await refusal({})).toBe("ResourceUnavailable.InstanceStateNotRunning");
  await tat.ask("cvm:StartInstances", tat.ids);
  await tat.isIn("RUNNING");
  tat.agents.statuses.set(tat.second, "offline");
  expect(await refusal({})).toBe("ResourceUnavailable.AgentStatusNotOnline");
  tat.agents.statuses.set(tat.second, "not installed");
  expect(await refusal({})).toBe("ResourceUnavailable.AgentNotInstalled");
  expect((await tat.ask("tat:DescribeInvocations")).TotalCount).toBe(0);
});

test("an instance that is named twice runs the command once", async () => {
  const { InvocationId } = await tat.run({ InstanceIds: [tat.first, tat.first] });
  expect(await tat.tasks(InvocationId)).toHaveLength(1);
});
