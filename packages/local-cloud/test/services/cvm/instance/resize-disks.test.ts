import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let cloud: RunningInstance["cloud"];
let ask: RunningInstance["ask"];
let code: RunningInstance["code"];
let ids: RunningInstance["ids"];
let shown: RunningInstance["shown"];
let isIn: RunningInstance["isIn"];
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code, ids, shown, isIn } = await startInstance());
});
afterEach(() => cloud.stop());

/** The parameters of a call that gives the system disk so many GB. */
const to = (DiskSize: number, more: object = {}) => ({
  InstanceId: ids.InstanceIds[0],
  SystemDisk: { DiskSize },
  ...more,
});

test("a running instance is shut down by force, has the larger system disk, and runs again", async () => {
  await ask("cvm:ResizeInstanceDisks", to(200, { ForceStop: true }));
  expect(await shown()).toMatchObject([{ InstanceState: "STOPPING", LatestOperation: "ResizeInstanceDisks" }]);
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([{ SystemDisk: { DiskSize: 200 }, LatestOperationState: "SUCCESS" }]);
});

test("refuses to resize a running instance's disk without force", async () => {
  expect(await code("cvm:ResizeInstanceDisks", to(200))).toBe("UnsupportedOperation.InstanceStateRunning");
});

test("refuses a disk that is smaller, of another type or of no size that there is, and a call without one", async () => {
  const force = { ForceStop: true };
  await ask("cvm:ResizeInstanceDisks", to(200, force));
  await isIn("RUNNING");
  expect(await code("cvm:ResizeInstanceDisks", to(100, force))).toBe("InvalidParameterValue");
  const otherType = { SystemDisk: { DiskType: "CLOUD_BSSD", DiskSize: 300 } };
  expect(await code("cvm:ResizeInstanceDisks", to(0, { ...force, ...otherType }))).toBe("InvalidParameterValue");
  expect(await code("cvm:ResizeInstanceDisks", to(4000, force))).toBe("InvalidParameterValue.Range");
  const none = { ...to(0, force), SystemDisk: undefined };
  expect(await code("cvm:ResizeInstanceDisks", none)).toBe("MissingParameter.AtLeastOne");
});

test("online, a running instance runs on while its system disk grows", async () => {
  await ask("cvm:ResizeInstanceDisks", to(200, { ResizeOnline: true }));
  expect(await shown()).toMatchObject([{ InstanceState: "RUNNING", LatestOperationState: "OPERATING" }]);
  await eventually(async () => expect(await shown()).toMatchObject([{ SystemDisk: { DiskSize: 200 } }]));
  expect(await shown()).toMatchObject([{ InstanceState: "RUNNING", LatestOperationState: "SUCCESS" }]);
});

test("refuses to resize data disks, which are elastic", async () => {
  const DataDisks = [{ DiskId: "disk-11111111", DiskSize: 100 }];
  const body = { ...to(0), SystemDisk: undefined, DataDisks };
  expect(await code("cvm:ResizeInstanceDisks", body)).toBe("UnsupportedOperation.InvalidDataDisk");
});
