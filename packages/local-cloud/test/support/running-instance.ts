import { expect } from "vitest";
import { eventually } from "./client.ts";
import { machine, makeNetwork, startEmpty } from "./provisioning.ts";

/** An account with one instance that runs, and what tells of it. */
export type RunningInstance = Awaited<ReturnType<typeof startInstance>>;

/** Makes an account with one instance, and waits until that runs. */
export async function startInstance() {
  const { cloud, ask, code } = await startEmpty();
  const network = await makeNetwork(ask);
  const { InstanceIdSet: InstanceIds } = await ask("cvm:RunInstances", machine(network));
  const ids: { InstanceIds: string[] } = { InstanceIds };
  /** What DescribeInstances says of it. */
  const shown = async () => (await ask("cvm:DescribeInstances", ids)).InstanceSet;
  const isIn = (InstanceState: string) =>
    eventually(async () => expect(await shown()).toMatchObject([{ InstanceState }]));
  await isIn("RUNNING");
  return { cloud, ask, code, network, ids, shown, isIn };
}
