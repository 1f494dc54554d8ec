import { expect } from "vitest";
import { PuppetAgents } from "./agents.ts";
import { eventually } from "./client.ts";
import { machine } from "./provisioning.ts";
import { startInstance } from "./running-instance.ts";

/** A script as RunCommand takes it. */
export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** An account with two instances that run, `first` and `second`, whose agents do what the test says. */
export async function startAgents() {
  const { cloud, ask, code, network, ids, isIn } = await startInstance();
  const second = machine(network, {
    VirtualPrivateCloud: { ...network, PrivateIpAddresses: ["10.0.1.12"] },
  });
  const { InstanceIdSet } = await ask("cvm:RunInstances", second);
  const InstanceIds: string[] = [...ids.InstanceIds, ...InstanceIdSet];
  await eventually(async () =>
    expect((await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet })).InstanceSet).toMatchObject([
      { InstanceState: "RUNNING" },
    ]),
  );
  const agents = new PuppetAgents();
  cloud.plugInAgents(agents);
  const run = (more: object = {}) => ask("tat:RunCommand", { Content: base64("true"), InstanceIds, ...more });
  /** What DescribeInvocationTasks says of an invocation, by the order of its instances. */
  const tasks = async (InvocationId: string, more: object = {}) => {
    const query = { Filters: [{ Name: "invocation-id", Values: [InvocationId] }], ...more };
    return (await ask("tat:DescribeInvocationTasks", query)).InvocationTaskSet.reverse();
  };
  /** What DescribeInvocations says of it. */
  const invocation = async (InvocationId: string) =>
    (await ask("tat:DescribeInvocations", { InvocationIds: [InvocationId] })).InvocationSet[0];
  const isRunning = (count: number) => eventually(() => expect(agents.commands).toHaveLength(count));
  const [first = "", other = ""] = InstanceIds;
  return { cloud, ask, code, agents, run, tasks, invocation, isRunning, isIn, ids, InstanceIds, first, second: other };
}
