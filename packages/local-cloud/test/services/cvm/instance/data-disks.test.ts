import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { machine } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
beforeEach(simulateTime);
afterEach(() => world.cloud.stop());

const PREPAID = { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } };
const terminate = (more: object = {}) =>
  world.ask("cvm:TerminateInstances", { InstanceIds: [world.instanceId], ...more });
const isGone = () => eventually(() => expect(world.cloud.state.instances.size).toBe(0));
const disks = () => [...world.cloud.state.disks.values()];

describe("when its instance goes, a data disk", () => {
  test("goes with it, unless something else was said", async () => {
    world = await startWithDataDisk();
    await terminate();
    await isGone();
    expect(disks()).toEqual([]);
  });

  test("stays, attached to nothing, where that was said", async () => {
    world = await startWithDataDisk({ DeleteWithInstance: false });
    await terminate();
    await isGone();
    expect(disks()).toMatchObject([{ diskId: world.dataDiskId, diskState: "UNATTACHED" }]);
    expect(disks()[0]).not.toHaveProperty("instanceId");
  });

  test("stays attached in the recycle bin, and then free, where it is paid in advance", async () => {
    world = await startWithDataDisk({}, PREPAID);
    await terminate();
    await world.isIn("SHUTDOWN");
    expect(await world.shown()).toMatchObject({ DiskState: "ATTACHED", DiskChargeType: "PREPAID" });
    await terminate();
    await isGone();
    expect(disks()).toMatchObject([{ diskId: world.dataDiskId, diskState: "UNATTACHED" }]);
  });

  test("goes as well though it is paid in advance, where the call says so", async () => {
    world = await startWithDataDisk({}, PREPAID);
    await terminate();
    await world.isIn("SHUTDOWN");
    await terminate({ ReleasePrepaidDataDisks: true });
    await isGone();
    expect(disks()).toEqual([]);
  });
});

test("the system disk is paid for as its instance is; data disks are where the call says so", async () => {
  world = await startWithDataDisk();
  const types = () => disks().map(({ chargeType }) => chargeType);
  await world.ask("cvm:ModifyInstancesChargeType", { InstanceIds: [world.instanceId], ...PREPAID });
  await eventually(() => expect(types()).toEqual(["PREPAID", "POSTPAID_BY_HOUR"]));
  const back = { InstanceIds: [world.instanceId], InstanceChargeType: "POSTPAID_BY_HOUR" };
  await eventually(async () => expect(await world.code("cvm:ModifyInstancesChargeType", back)).toBeUndefined());
  await eventually(() => expect(types()).toEqual(["POSTPAID_BY_HOUR", "POSTPAID_BY_HOUR"]));
  const both = { InstanceIds: [world.instanceId], ...PREPAID, ModifyPortableDataDisk: true };
  await eventually(async () => expect(await world.code("cvm:ModifyInstancesChargeType", both)).toBeUndefined());
  await eventually(() => expect(types()).toEqual(["PREPAID", "PREPAID"]));
});

test.each([
  ["of no type that there is", { DiskType: "LOCAL_SSD" }, "UnsupportedOperation.InvalidDisk"],
  ["that is too small", { DiskSize: 0 }, "InvalidParameterValue.Range"],
  ["between two sizes", { DiskSize: 25 }, "InvalidParameterValue.Range"],
  ["that is too large", { DiskSize: 32_010 }, "InvalidParameterValue.Range"],
  [
    "of too small an SSD",
    { DiskType: "CLOUD_SSD", DiskSize: 10 },
    "InvalidParameterValue.CloudSsdDataDiskSizeTooSmall",
  ],
  ["with too long a name", { DiskName: "n".repeat(129) }, "InvalidParameterValue.TooLong"],
  ["with extra performance", { ThroughputPerformance: 10 }, "UnsupportedOperation"],
  ["of a snapshot", { SnapshotId: "snap-11111111" }, "UnsupportedOperation"],
])("refuses a data disk %s", async (_, change, expected) => {
  world = await startWithDataDisk();
  const DataDisks = [{ DiskType: "CLOUD_PREMIUM", DiskSize: 20, ...change }];
  const body = machine(world.network, { VirtualPrivateCloud: world.network, DataDisks });
  expect(await world.code("cvm:RunInstances", body)).toBe(expected);
});

test("refuses a data disk that is paid in advance and would go with its instance", async () => {
  world = await startWithDataDisk();
  const DataDisks = [{ DiskType: "CLOUD_PREMIUM", DiskSize: 20, DeleteWithInstance: true }];
  const body = machine(world.network, { VirtualPrivateCloud: world.network, DataDisks, ...PREPAID });
  expect(await world.code("cvm:RunInstances", body)).toBe("InvalidParameterValue");
});
