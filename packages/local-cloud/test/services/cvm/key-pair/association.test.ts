import { afterEach, beforeEach, expect, test } from "vitest";
import { PuppetMachines } from "../../../support/puppet-machines.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
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
  for (const keyId of ["skey-11111111", "skey-22222222"]) {
    const publicKey = `ssh-ed25519 ${Buffer.from(keyId).toString("base64")}`;
    cloud.seed.keyPair({ keyId, keyName: keyId.replace("-", "_"), publicKey });
  }
});
afterEach(() => cloud.stop());

const keys = async () => (await shown())[0].LoginSettings.KeyIds;
const both = { KeyIds: ["skey-11111111", "skey-22222222"] };
const stopped = async () => {
  await ask("cvm:StopInstances", ids);
  await isIn("STOPPED");
};
const settled = () =>
  eventually(async () => expect(await shown()).toMatchObject([{ LatestOperationState: "SUCCESS" }]));

test("a stopped instance is given keys and loses them, and stays stopped", async () => {
  await stopped();
  await ask("cvm:AssociateInstancesKeyPairs", { ...ids, ...both });
  expect(await shown()).toMatchObject([{ InstanceState: "STOPPED", LatestOperationState: "OPERATING" }]);
  await settled();
  expect(await keys()).toEqual(both.KeyIds);
  await ask("cvm:DisassociateInstancesKeyPairs", { ...ids, KeyIds: ["skey-11111111"] });
  await settled();
  expect(await keys()).toEqual(["skey-22222222"]);
  expect(await shown()).toMatchObject([{ InstanceState: "STOPPED" }]);
});

test("keys that an instance is given replace those that it had", async () => {
  await stopped();
  for (const keyId of both.KeyIds) {
    await ask("cvm:AssociateInstancesKeyPairs", { ...ids, KeyIds: [keyId] });
    await settled();
  }
  expect(await keys()).toEqual(["skey-22222222"]);
});

test("a running instance is shut down by force for its keys, and runs again", async () => {
  for (const [action, expected] of [
    ["AssociateInstancesKeyPairs", both.KeyIds],
    ["DisassociateInstancesKeyPairs", []],
  ] as const) {
    await ask(`cvm:${action}`, { ...ids, ...both, ForceStop: true });
    expect(await shown()).toMatchObject([{ InstanceState: "STOPPING", LatestOperation: action }]);
    await isIn("RUNNING");
    expect(await keys()).toEqual(expected);
  }
});

test("the machine of a running instance is switched off and on for its keys, that of a stopped one stays off", async () => {
  const machines = new PuppetMachines();
  cloud.plugInMachines(machines);
  const [id] = ids.InstanceIds;
  await ask("cvm:AssociateInstancesKeyPairs", { ...ids, ...both, ForceStop: true });
  await isIn("RUNNING");
  expect(machines.done).toEqual([`shut down ${id}`, `on ${id}`]);
  await ask("cvm:StopInstances", { ...ids, StopType: "HARD" });
  await isIn("STOPPED");
  await ask("cvm:DisassociateInstancesKeyPairs", { ...ids, ...both });
  await eventually(async () => expect(await keys()).toEqual([]));
  expect(machines.done).toEqual([`shut down ${id}`, `on ${id}`, `off ${id}`]);
});

test("an instance whose change of keys fails has the keys and the state that it had", async () => {
  cloud.faults.add({ action: "AssociateInstancesKeyPairs", task: "fails" });
  await ask("cvm:AssociateInstancesKeyPairs", { ...ids, ...both, ForceStop: true });
  await eventually(async () => expect(await shown()).toMatchObject([{ LatestOperationState: "FAILED" }]));
  expect(await keys()).toEqual([]);
  expect(await shown()).toMatchObject([{ InstanceState: "RUNNING" }]);
});

test("refuses every other operation on a stopped instance while its keys are changed", async () => {
  await stopped();
  await ask("cvm:AssociateInstancesKeyPairs", { ...ids, ...both });
  for (const [action, more] of [
    ["StartInstances", {}],
    ["ResetInstancesType", { InstanceType: "S5.LARGE8" }],
    ["DisassociateInstancesKeyPairs", both],
    ["ModifyInstancesAttribute", { InstanceName: "later" }],
    ["TerminateInstances", {}],
  ] as const) {
    expect(await code(`cvm:${action}`, { ...ids, ...more }), action).toBe(
      "OperationDenied.InstanceOperationInProgress",
    );
  }
});

test.each(["AssociateInstancesKeyPairs", "DisassociateInstancesKeyPairs"] as const)(
  "refuses %s for instances and keys that are not there, and for a running instance without force",
  async (action) => {
    const change = (more: object) => code(`cvm:${action}`, { ...ids, ...both, ForceStop: true, ...more });
    expect(await change({ KeyIds: [] })).toBe("MissingParameter");
    expect(await change({ KeyIds: ["ops"] })).toBe("InvalidKeyPairId.Malformed");
    expect(await change({ KeyIds: ["skey-99999999"] })).toBe("InvalidKeyPairId.NotFound");
    expect(await change({ KeyIds: Array(101).fill("skey-11111111") })).toBe("InvalidParameterValue.LimitExceeded");
    expect(await change({ InstanceIds: ["ins-99999999"] })).toBe("InvalidInstanceId.NotFound");
    expect(await change({ ForceStop: false })).toBe("UnsupportedOperation.InstanceStateRunning");
    await ask("cvm:StopInstances", { ...ids, StoppedMode: "STOP_CHARGING" });
    await isIn("STOPPED");
    expect(await change({})).toBe("UnsupportedOperation.StoppedModeStopCharging");
  },
);
