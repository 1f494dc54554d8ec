import { type Answer, eventually } from "./client.ts";
import { machine, makeNetwork, startEmpty } from "./provisioning.ts";
import { expect } from "vitest";

/** An account with one instance that has a data disk. */
export type PairOfDisks = Awaited<ReturnType<typeof startWithDataDisk>>;

/**
 * Makes an account with one instance that has a data disk, and waits until that runs.
 *
 * @param disk - what the data disk has beside its size
 * @param more - parameters of RunInstances
 */
export async function startWithDataDisk(disk: object = {}, more: object = {}) {
  const { cloud, ask, code } = await startEmpty();
  const network = await makeNetwork(ask);
  const DataDisks = [{ DiskType: "CLOUD_PREMIUM", DiskSize: 20, DiskName: "data", Encrypt: true, ...disk }];
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, { DataDisks, ...more }));
  const [instanceId] = InstanceIdSet as [string];
  const isIn = (state: string) =>
    eventually(() => expect(cloud.state.instances.get(instanceId)?.instanceState).toBe(state));
  await isIn("RUNNING");
  const [systemDiskId = "", dataDiskId = ""] = cloud.state.disks.keys();
  /** The data disk as the API shows it; undefined: it is gone. */
  const shown = async (): Promise<Answer> => (await ask("cbs:DescribeDisks", { DiskIds: [dataDiskId] })).DiskSet[0];
  return { cloud, ask, code, network, instanceId, systemDiskId, dataDiskId, shown, isIn };
}
