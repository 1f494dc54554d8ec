import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
beforeEach(simulateTime);
afterEach(() => world.cloud.stop());

const PREPAID = { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } };

/** Takes the disk off its instance, and gives it back. */
async function giveBack(): Promise<void> {
  const DiskIds = [world.dataDiskId];
  await world.ask("cbs:DetachDisks", { DiskIds });
  await eventually(async () => expect(await world.shown()).toMatchObject({ DiskState: "UNATTACHED" }));
  await world.ask("cbs:TerminateDisks", { DiskIds });
}

test("a disk that is paid by the hour goes at once, with its tags", async () => {
  world = await startWithDataDisk();
  const Resource = `qcs::cvm:ap-singapore:uin/:volume/${world.dataDiskId}`;
  await world.ask("tag:ModifyResourceTags", { Resource, ReplaceTags: [{ TagKey: "team", TagValue: "net" }] });
  await giveBack();
  expect(await world.shown()).toBeUndefined();
  expect([...world.cloud.state.tags]).toEqual([]);
});

test("a disk that is paid in advance is to be recycled first, and goes at the second call", async () => {
  world = await startWithDataDisk({}, PREPAID);
  await giveBack();
  expect(await world.shown()).toMatchObject({ DiskState: "TORECYCLE", DiskChargeType: "PREPAID" });
  await world.ask("cbs:TerminateDisks", { DiskIds: [world.dataDiskId] });
  expect(await world.shown()).toBeUndefined();
});

test("refuses a disk that is attached, and a system disk", async () => {
  world = await startWithDataDisk();
  expect(await world.code("cbs:TerminateDisks", { DiskIds: [world.dataDiskId] })).toBe("UnsupportedOperation");
  expect(await world.code("cbs:TerminateDisks", { DiskIds: [world.systemDiskId] })).toBe(
    "ResourceUnavailable.NotSupportRefund",
  );
});
