import { afterEach, beforeEach, expect, test } from "vitest";
import type { TaskEvent } from "../../../../src/index.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { PuppetMachines } from "../../../support/puppet-machines.ts";
import { pass, simulateTime } from "../../../support/simulated-time.ts";
import { eventually } from "../../../support/client.ts";

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

test("an instance is STOPPING, then STOPPED, then STARTING, then RUNNING, and whoever listens hears of both tasks", async () => {
  const tasks: string[] = [];
  cloud.on("task", ({ action, status }: TaskEvent) => void tasks.push(`${action} ${status}`));
  await ask("cvm:StopInstances", { ...ids, StopType: "HARD", StoppedMode: "STOP_CHARGING" });
  expect(await shown()).toMatchObject([
    { InstanceState: "STOPPING", LatestOperation: "StopInstances", LatestOperationState: "OPERATING" },
  ]);
  await isIn("STOPPED");
  expect(await shown()).toMatchObject([{ LatestOperationState: "SUCCESS", StopChargingMode: "STOP_CHARGING" }]);
  await ask("cvm:StartInstances", ids);
  expect(await shown()).toMatchObject([
    { InstanceState: "STARTING", LatestOperation: "StartInstances", LatestOperationState: "OPERATING" },
  ]);
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([{ LatestOperationState: "SUCCESS", StopChargingMode: "NOT_APPLICABLE" }]);
  expect(tasks).toEqual([
    "StopInstances RUNNING",
    "StopInstances SUCCESS",
    "StartInstances RUNNING",
    "StartInstances SUCCESS",
  ]);
});

test("an instance is charged while it is stopped unless the call says otherwise", async () => {
  await ask("cvm:StopInstances", { ...ids, ForceStop: true });
  await isIn("STOPPED");
  expect(await shown()).toMatchObject([{ StopChargingMode: "KEEP_CHARGING" }]);
});

test("refuses to stop what does not run, to start what is not stopped, and to change or end what is on its way", async () => {
  expect(await code("cvm:StartInstances", ids)).toBe("UnsupportedOperation.InstanceStateRunning");
  await ask("cvm:StopInstances", ids);
  for (const action of ["StopInstances", "StartInstances", "ModifyInstancesAttribute", "TerminateInstances"] as const) {
    expect(await code(`cvm:${action}`, ids), action).toBe("UnsupportedOperation.InstanceStateStopping");
  }
  await isIn("STOPPED");
  expect(await code("cvm:StopInstances", ids)).toBe("UnsupportedOperation.InstanceStateStopped");
  await ask("cvm:StartInstances", ids);
  for (const action of ["StopInstances", "StartInstances", "ModifyInstancesAttribute", "TerminateInstances"] as const) {
    expect(await code(`cvm:${action}`, ids), action).toBe("UnsupportedOperation.InstanceStateStarting");
  }
});

test.each([
  ["two ways of forcing", { ForceStop: true, StopType: "HARD" }, "InvalidParameterCombination"],
  ["an unknown stop type", { StopType: "GENTLE" }, "InvalidParameterValue"],
  ["an unknown stopped mode", { StoppedMode: "FREE" }, "InvalidParameterValue"],
  ["no instance", { InstanceIds: [] }, "MissingParameter"],
  ["a malformed instance", { InstanceIds: ["machine"] }, "InvalidInstanceId.Malformed"],
  ["an unknown instance", { InstanceIds: ["ins-99999999"] }, "InvalidInstanceId.NotFound"],
  ["too many instances", { InstanceIds: Array(101).fill("ins-99999999") }, "InvalidParameterValue.LimitExceeded"],
])("refuses %s", async (_what, change, expected) => {
  expect(await code("cvm:StopInstances", { ...ids, ...change })).toBe(expected);
  expect(await shown()).toMatchObject([{ InstanceState: "RUNNING" }]);
});

test("an instance is as before if its stop, its start or its end fails", async () => {
  const failed = () =>
    eventually(async () => expect(await shown()).toMatchObject([{ LatestOperationState: "FAILED" }]));
  cloud.faults.add({ action: "StopInstances", task: "fails" });
  await ask("cvm:StopInstances", ids);
  await failed();
  await isIn("RUNNING");
  await ask("cvm:StopInstances", ids);
  await isIn("STOPPED");
  cloud.faults.add({ action: "StartInstances", task: "fails" });
  await ask("cvm:StartInstances", ids);
  await failed();
  await isIn("STOPPED");
  cloud.faults.add({ action: "TerminateInstances", task: "fails" });
  await ask("cvm:TerminateInstances", ids);
  await failed();
  await isIn("STOPPED");
});

test("a stopped instance can be changed and ended", async () => {
  await ask("cvm:StopInstances", ids);
  await isIn("STOPPED");
  expect(await code("cvm:ModifyInstancesAttribute", { ...ids, InstanceName: "later" })).toBeUndefined();
  expect(await code("cvm:TerminateInstances", ids)).toBeUndefined();
  await eventually(() => expect(cloud.state.instances.size).toBe(0));
});

test("an instance that runs is REBOOTING, then RUNNING, and nothing else is done to it meanwhile", async () => {
  await ask("cvm:RebootInstances", ids);
  expect(await shown()).toMatchObject([{ InstanceState: "REBOOTING", LatestOperation: "RebootInstances" }]);
  for (const action of ["StopInstances", "RebootInstances", "TerminateInstances"] as const) {
    expect(await code(`cvm:${action}`, ids), action).toBe("UnsupportedOperation.InstanceStateRebooting");
  }
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([{ LatestOperation: "RebootInstances", LatestOperationState: "SUCCESS" }]);
});

test("refuses to reboot what is stopped, in a way that there is not, and in two ways at once", async () => {
  expect(await code("cvm:RebootInstances", { ...ids, StopType: "COLD" })).toBe("InvalidParameterValue");
  const both = { ...ids, ForceReboot: true, StopType: "HARD" };
  expect(await code("cvm:RebootInstances", both)).toBe("InvalidParameterCombination");
  await ask("cvm:StopInstances", ids);
  await isIn("STOPPED");
  expect(await code("cvm:RebootInstances", ids)).toBe("UnsupportedOperation.InstanceStateStopped");
});

test("the machine of an instance goes off and on with it, in order or by force as the call says", async () => {
  const machines = new PuppetMachines();
  cloud.plugInMachines(machines);
  const [id] = ids.InstanceIds;
  const after = async (action: `cvm:${string}`, more: object, state: string) => {
    machines.done.length = 0;
    await ask(action, { ...ids, ...more });
    await isIn(state);
    return machines.done;
  };
  expect(await after("cvm:StopInstances", {}, "STOPPED")).toEqual([`shut down ${id}`]);
  expect(await after("cvm:StartInstances", {}, "RUNNING")).toEqual([`on ${id}`]);
  expect(await after("cvm:StopInstances", { StopType: "HARD" }, "STOPPED")).toEqual([`off ${id}`]);
  expect(await after("cvm:StartInstances", {}, "RUNNING")).toEqual([`on ${id}`]);
  expect(await after("cvm:RebootInstances", {}, "RUNNING")).toEqual([`shut down ${id}`, `on ${id}`]);
  expect(await after("cvm:RebootInstances", { StopType: "HARD" }, "RUNNING")).toEqual([`off ${id}`, `on ${id}`]);
  const type = { InstanceType: "S5.LARGE8", ForceStop: true };
  expect(await after("cvm:ResetInstancesType", type, "RUNNING")).toEqual([`shut down ${id}`, `on ${id}`]);
  machines.done.length = 0;
  await ask("cvm:TerminateInstances", ids);
  await eventually(async () => expect(await shown()).toEqual([]));
  expect(machines.done).toEqual([`off ${id}`]);
});

test("an instance whose system resists runs on after a soft shutdown, and is off after one that may use force", async () => {
  const machines = new PuppetMachines();
  cloud.plugInMachines(machines);
  const [id = ""] = ids.InstanceIds;
  machines.resisting.add(id);
  await ask("cvm:StopInstances", { ...ids, StopType: "SOFT" });
  await isIn("RUNNING");
  expect(await shown()).toMatchObject([{ LatestOperation: "StopInstances", LatestOperationState: "FAILED" }]);
  await ask("cvm:StopInstances", { ...ids, ForceStop: true });
  await isIn("STOPPED");
  expect(machines.done).toEqual([`off ${id}`]);
});

test("an instance is STOPPING for as long as its machine shuts down, however long that takes", async () => {
  const machines = new PuppetMachines();
  cloud.plugInMachines(machines);
  let go = () => {};
  machines.until = new Promise((resolve) => (go = resolve));
  await ask("cvm:StopInstances", ids);
  await pass(cloud.taskMs * 10);
  expect(await shown()).toMatchObject([{ InstanceState: "STOPPING" }]);
  go();
  await isIn("STOPPED");
});
