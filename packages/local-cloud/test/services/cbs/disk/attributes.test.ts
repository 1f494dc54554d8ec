import { afterEach, beforeEach, expect, test } from "vitest";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
beforeEach(simulateTime);
afterEach(() => world.cloud.stop());

test("a disk gets another name, and is kept when its instance goes", async () => {
  world = await startWithDataDisk();
  const DiskIds = [world.dataDiskId];
  await world.ask("cbs:ModifyDiskAttributes", { DiskIds, DiskName: "logs", DeleteWithInstance: false });
  expect(await world.shown()).toMatchObject({ DiskName: "logs", DeleteWithInstance: false });
});

test("refuses to let a disk go with its instance that is paid in advance", async () => {
  world = await startWithDataDisk({}, { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } });
  const body = { DiskIds: [world.dataDiskId], DeleteWithInstance: true };
  expect(await world.code("cbs:ModifyDiskAttributes", body)).toBe("InvalidDisk.NotSupported");
  expect(await world.shown()).toMatchObject({ DeleteWithInstance: false });
});
