import { afterEach, beforeEach, expect, test } from "vitest";
import { machine } from "../../../support/provisioning.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
import { eventually } from "../../../support/client.ts";

let cloud: RunningInstance["cloud"];
let ask: RunningInstance["ask"];
let code: RunningInstance["code"];
let network: RunningInstance["network"];
let ids: RunningInstance["ids"];
let shown: RunningInstance["shown"];
let isIn: RunningInstance["isIn"];
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code, network, ids, shown, isIn } = await startInstance());
});
afterEach(() => cloud.stop());

const toLarge = (more: object = {}) => ({ ...ids, InstanceType: "S5.LARGE8", ...more });

test("a running instance is shut down by force, has the new type, and runs again", async () => {
  await ask("cvm:ResetInstancesType", toLarge({ ForceStop: true }));
  expect(await shown()).toMatchObject([
    { InstanceState: "STOPPING", InstanceType: "S5.MEDIUM2", LatestOperation: "ResetInstancesType" },
  ]);
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([
    { InstanceType: "S5.LARGE8", CPU: 4, Memory: 8, LatestOperationState: "SUCCESS" },
  ]);
});

test("a stopped instance has the new type and runs", async () => {
  await ask("cvm:StopInstances", ids);
  await isIn("STOPPED");
  await ask("cvm:ResetInstancesType", toLarge());
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([{ InstanceType: "S5.LARGE8", StopChargingMode: "NOT_APPLICABLE" }]);
});

test("an instance whose change of type fails has its type and runs", async () => {
  cloud.faults.add({ action: "ResetInstancesType", task: "fails" });
  await ask("cvm:ResetInstancesType", toLarge({ ForceStop: true }));
  await eventually(async () => expect(await shown()).toMatchObject([{ LatestOperationState: "FAILED" }]));
  expect(await shown()).toMatchObject([{ InstanceType: "S5.MEDIUM2", InstanceState: "RUNNING" }]);
});

test("refuses to change a running instance without force, and one that is not charged while it is stopped", async () => {
  expect(await code("cvm:ResetInstancesType", toLarge())).toBe("UnsupportedOperation.InstanceStateRunning");
  await ask("cvm:StopInstances", { ...ids, StoppedMode: "STOP_CHARGING" });
  expect(await code("cvm:ResetInstancesType", toLarge({ ForceStop: true }))).toBe(
    "UnsupportedOperation.InstanceStateStopping",
  );
  await isIn("STOPPED");
  expect(await code("cvm:ResetInstancesType", toLarge())).toBe("UnsupportedOperation.StoppedModeStopCharging");
});

test("refuses to change an instance whose system disk is of another kind than the action takes", async () => {
  const VirtualPrivateCloud = { ...network, PrivateIpAddresses: ["10.0.1.12"] };
  const given = machine(network, { VirtualPrivateCloud, SystemDisk: { DiskType: "CLOUD_HSSD", DiskSize: 50 } });
  ids.InstanceIds = (await ask("cvm:RunInstances", given)).InstanceIdSet;
  await isIn("RUNNING");
  expect(await code("cvm:ResetInstancesType", toLarge({ ForceStop: true }))).toBe(
    "UnsupportedOperation.SystemDiskType",
  );
});

test("refuses a type that the instance's zone has sold out", async () => {
  cloud.seed.soldOut({ zone: "ap-singapore-1", instanceType: "S5.LARGE8" });
  expect(await code("cvm:ResetInstancesType", toLarge({ ForceStop: true }))).toBe(
    "ResourcesSoldOut.SpecifiedInstanceType",
  );
});

test.each([
  ["an unknown type", { InstanceType: "S9.HUGE" }, "ResourceNotFound.InvalidZoneInstanceType"],
  ["a malformed type", { InstanceType: "small" }, "InvalidInstanceType.Malformed"],
  ["two instances", { InstanceIds: ["ins-99999998", "ins-99999999"] }, "InvalidParameterValue.LimitExceeded"],
  ["an unknown instance", { InstanceIds: ["ins-99999999"] }, "InvalidInstanceId.NotFound"],
])("refuses %s", async (_what, change, expected) => {
  expect(await code("cvm:ResetInstancesType", toLarge({ ForceStop: true, ...change }))).toBe(expected);
  expect(await shown()).toMatchObject([{ InstanceState: "RUNNING", InstanceType: "S5.MEDIUM2" }]);
});
