import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalCloud } from "../../../../src/index.ts";
import { startInstance } from "../../../support/running-instance.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
import { startAgents } from "../../../support/tat.ts";

let tat: Awaited<ReturnType<typeof startAgents>>;
beforeEach(simulateTime);
beforeEach(async () => {
  tat = await startAgents();
});
afterEach(() => tat.cloud.stop());

const shown = async (query: object = {}) =>
  (await tat.ask("tat:DescribeAutomationAgentStatus", query)).AutomationAgentSet.map(
    ({ InstanceId, AgentStatus }: { InstanceId: string; AgentStatus: string }) => [InstanceId, AgentStatus],
  );

test("an agent is online while its instance runs and it says so, and is not in the list where there is none", async () => {
  expect(await shown()).toEqual([
    [tat.first, "Online"],
    [tat.second, "Online"],
  ]);
  await tat.ask("cvm:StopInstances", tat.ids);
  expect(await shown({ InstanceIds: [tat.first] })).toEqual([[tat.first, "Offline"]]);
  tat.agents.statuses.set(tat.second, "not installed");
  expect(await shown()).toEqual([[tat.first, "Offline"]]);
  const online = { Filters: [{ Name: "agent-status", Values: ["Online"] }] };
  expect(await shown(online)).toEqual([]);
});

test("agents that nobody has plugged in are offline", async () => {
  const { cloud, ask, code, ids } = await startInstance();
  expect((await ask("tat:DescribeAutomationAgentStatus")).AutomationAgentSet).toMatchObject([
    { AgentStatus: "Offline" },
  ]);
  expect(await code("tat:RunCommand", { ...ids, Content: "dHJ1ZQ==" })).toBe(
    "ResourceUnavailable.AgentStatusNotOnline",
  );
  await cloud.stop();
});

test("the next cloud knows nothing of the commands that were run in the last one", async () => {
  await tat.run();
  await tat.isRunning(2);
  await shown();
  const snapshot = await tat.cloud.snapshot();
  await using next = await LocalCloud.start({ region: "ap-singapore", snapshot });
  expect(next.state.instances.size).toBe(2);
  expect([next.state.invocations.size, next.state.invocationTasks.size, next.state.agentHeartbeats.size]).toEqual([
    0, 0, 0,
  ]);
});

test("refuses an id that is not an instance's", async () => {
  expect(await tat.code("tat:DescribeAutomationAgentStatus", { InstanceIds: ["web"] })).toBe(
    "InvalidParameterValue.InvalidInstanceId",
  );
});
