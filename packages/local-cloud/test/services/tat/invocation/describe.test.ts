import { afterEach, beforeEach, expect, test } from "vitest";
import { simulateTime } from "../../../support/simulated-time.ts";
import { startAgents } from "../../../support/tat.ts";

let tat: Awaited<ReturnType<typeof startAgents>>;
beforeEach(simulateTime);
beforeEach(async () => {
  tat = await startAgents();
});
afterEach(() => tat.cloud.stop());

const filtered = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

test("invocations are found by their id and their command's, the newest first", async () => {
  const one = await tat.run({ CommandName: "one" });
  const two = await tat.run({ CommandName: "two" });
  const names = async (query: object) =>
    (await tat.ask("tat:DescribeInvocations", query)).InvocationSet.map(
      ({ CommandName }: { CommandName: string }) => CommandName,
    );
  expect(await names({})).toEqual(["two", "one"]);
  expect(await names({ InvocationIds: [one.InvocationId] })).toEqual(["one"]);
  expect(await names(filtered("command-id", two.CommandId))).toEqual(["two"]);
  expect(await names(filtered("invocation-id", one.InvocationId))).toEqual(["one"]);
  expect(await names(filtered("instance-kind", "LIGHTHOUSE"))).toEqual([]);
  expect(await names(filtered("command-created-by", "USER"))).toEqual(["two", "one"]);
  expect(await names({ Limit: 1, Offset: 1 })).toEqual(["one"]);
});

test("tasks are found by their id, their invocation's, their instance's and their command's", async () => {
  const { InvocationId, CommandId } = await tat.run();
  const [{ InvocationTaskId }] = await tat.tasks(InvocationId);
  const count = async (query: object) => (await tat.ask("tat:DescribeInvocationTasks", query)).TotalCount;
  expect(await count({ InvocationTaskIds: [InvocationTaskId] })).toBe(1);
  expect(await count(filtered("invocation-task-id", InvocationTaskId))).toBe(1);
  expect(await count(filtered("instance-id", tat.second))).toBe(1);
  expect(await count(filtered("command-id", CommandId))).toBe(2);
  expect(await count(filtered("instance-id", "ins-00000000"))).toBe(0);
});

test.each([
  ["Invocations", { InvocationIds: ["inv"] }, "InvalidParameterValue.InvalidInvocationId"],
  ["Invocations", filtered("colour", "red"), "InvalidParameterValue.InvalidFilter"],
  ["Invocations", filtered("command-id", ..."123456"), "LimitExceeded.FilterValueExceeded"],
  ["Invocations", { Limit: 101 }, "InvalidParameterValue.LimitExceeded"],
  ["InvocationTasks", { InvocationTaskIds: ["invt"] }, "InvalidParameterValue.InvalidInvocationTaskId"],
  [
    "InvocationTasks",
    { InvocationTaskIds: ["invt-00000000"], ...filtered("instance-id", "ins-00000000") },
    "InvalidParameter.ConflictParameter",
  ],
])("refuses Describe%s with %j", async (what, query, code) => {
  expect(await tat.code(`tat:Describe${what}`, query)).toBe(code);
});
