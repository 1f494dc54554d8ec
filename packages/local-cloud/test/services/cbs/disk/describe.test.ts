import { afterEach, beforeEach, expect, test } from "vitest";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startWithDataDisk();
});
afterEach(() => world.cloud.stop());

const found = async (Name: string, ...Values: string[]) =>
  (await world.ask("cbs:DescribeDisks", { Filters: [{ Name, Values }] })).DiskSet.map(
    (each: { DiskId: string }) => each.DiskId,
  );

test("the disks of an instance are its system disk, which is its own, and elastic data disks", async () => {
  const { ask, instanceId, systemDiskId, dataDiskId } = world;
  const Filters = [{ Name: "instance-id", Values: [instanceId] }];
  const { TotalCount, DiskSet } = await ask("cbs:DescribeDisks", { Filters });
  expect(TotalCount).toBe(2);
  expect(DiskSet).toMatchObject([
    { DiskId: systemDiskId, DiskUsage: "SYSTEM_DISK", DiskSize: 50, Portable: false, DeleteWithInstance: true },
    { DiskId: dataDiskId, DiskUsage: "DATA_DISK", DiskSize: 20, Portable: true, DiskName: "data", Encrypt: true },
  ]);
});

test("disks are found by each of the filters", async () => {
  const { systemDiskId, dataDiskId } = world;
  expect(await found("disk-id", dataDiskId)).toEqual([dataDiskId]);
  expect(await found("disk-name", "data")).toEqual([dataDiskId]);
  expect(await found("disk-type", "CLOUD_PREMIUM")).toEqual([systemDiskId, dataDiskId]);
  expect(await found("disk-usage", "SYSTEM_DISK")).toEqual([systemDiskId]);
  expect(await found("disk-state", "UNATTACHED")).toEqual([]);
  expect(await found("disk-charge-type", "POSTPAID_BY_HOUR")).toEqual([systemDiskId, dataDiskId]);
  expect(await found("portable", "TRUE")).toEqual([dataDiskId]);
  expect(await found("portable", "FALSE")).toEqual([systemDiskId]);
  expect(await found("zone", "ap-singapore-2")).toEqual([]);
});
