import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { machine } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
let other: string;
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startWithDataDisk();
  const { ask, cloud, network } = world;
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, { VirtualPrivateCloud: network }));
  [other] = InstanceIdSet;
  await eventually(() => expect(cloud.state.instances.get(other)?.instanceState).toBe("RUNNING"));
});
afterEach(() => world.cloud.stop());

const isShown = (view: object) => eventually(async () => expect(await world.shown()).toMatchObject(view));

test("a data disk goes from one instance to another, through each state that the API names", async () => {
  const DiskIds = [world.dataDiskId];
  await world.ask("cbs:DetachDisks", { DiskIds, InstanceId: world.instanceId });
  expect(await world.shown()).toMatchObject({ DiskState: "DETACHING" });
  await isShown({ DiskState: "UNATTACHED", Attached: false, InstanceId: "" });
  await world.ask("cbs:AttachDisks", { DiskIds, InstanceId: other, DeleteWithInstance: true });
  expect(await world.shown()).toMatchObject({ DiskState: "ATTACHING" });
  await isShown({ DiskState: "ATTACHED", InstanceId: other, DeleteWithInstance: true });
});

test("an attachment that fails leaves the disk attached to nothing", async () => {
  const DiskIds = [world.dataDiskId];
  await world.ask("cbs:DetachDisks", { DiskIds });
  await isShown({ DiskState: "UNATTACHED" });
  world.cloud.faults.add({ action: "AttachDisks", task: "fails" });
  await world.ask("cbs:AttachDisks", { DiskIds, InstanceId: other });
  await isShown({ DiskState: "UNATTACHED", InstanceId: "" });
});

test("refuses to attach a disk that another instance has, and to detach it from one that has it not", async () => {
  const body = { DiskIds: [world.dataDiskId], InstanceId: other };
  expect(await world.code("cbs:AttachDisks", body)).toBe("ResourceUnavailable.Attached");
  expect(await world.code("cbs:DetachDisks", body)).toBe("InvalidParameterValue");
});

test("refuses to take the system disk from its instance", async () => {
  expect(await world.code("cbs:DetachDisks", { DiskIds: [world.systemDiskId] })).toBe("InvalidDisk.TypeError");
});
