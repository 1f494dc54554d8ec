import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startWithDataDisk();
});
afterEach(() => world.cloud.stop());

const resize = (DiskSize: number) => world.code("cbs:ResizeDisk", { DiskId: world.dataDiskId, DiskSize });

test("a data disk is larger after a while, in which it is EXPANDING and its instance runs", async () => {
  expect(await resize(50)).toBeUndefined();
  expect(await world.shown()).toMatchObject({ DiskState: "EXPANDING", DiskSize: 20 });
  expect(await resize(60)).toBe("InvalidDisk.Busy");
  await eventually(async () => expect(await world.shown()).toMatchObject({ DiskState: "ATTACHED", DiskSize: 50 }));
  const { InstanceSet } = await world.ask("cvm:DescribeInstances", { InstanceIds: [world.instanceId] });
  expect(InstanceSet).toMatchObject([{ InstanceState: "RUNNING", DataDisks: [{ DiskSize: 50 }] }]);
});

test("a resize that fails leaves the disk as it was", async () => {
  world.cloud.faults.add({ action: "ResizeDisk", task: "fails" });
  await resize(50);
  await eventually(async () => expect(await world.shown()).toMatchObject({ DiskState: "ATTACHED", DiskSize: 20 }));
});

test("a disk that goes meanwhile is not brought back", async () => {
  await resize(50);
  await world.ask("cvm:TerminateInstances", { InstanceIds: [world.instanceId] });
  await eventually(() => expect(world.cloud.state.instances.size).toBe(0));
  await eventually(() => expect(world.cloud.state.disks.size).toBe(0));
});

test("refuses a size that is no larger, between two steps, or more than the type has", async () => {
  expect(await resize(20)).toBe("InvalidParameterValue");
  expect(await resize(10)).toBe("InvalidParameterValue");
  expect(await resize(25)).toBe("InvalidParameterValue");
  expect(await resize(32_010)).toBe("InvalidParameterValue");
});

test("refuses the system disk, which ResizeInstanceDisks resizes", async () => {
  const body = { DiskId: world.systemDiskId, DiskSize: 100 };
  expect(await world.code("cbs:ResizeDisk", body)).toBe("InvalidDisk.NotSupported");
});
