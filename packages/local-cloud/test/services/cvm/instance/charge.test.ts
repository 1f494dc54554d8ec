import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { eventually } from "../../../support/client.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

const PREPAID = { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } } as const;
const HOURLY = { InstanceChargeType: "POSTPAID_BY_HOUR" } as const;

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty());
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

async function run(more: object = {}): Promise<string> {
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, more));
  await becomes(InstanceIdSet[0], "RUNNING");
  return InstanceIdSet[0] as string;
}

const becomes = (id: string, state: string) =>
  eventually(() => expect(cloud.state.instances.get(id)?.instanceState).toBe(state));

const describe = async (id: string) => (await ask("cvm:DescribeInstances", { InstanceIds: [id] })).InstanceSet[0];

test("an instance that runs is paid in advance, and by the hour again", async () => {
  const id = await run();
  expect(await describe(id)).toMatchObject({ ...HOURLY, RenewFlag: null });
  await ask("cvm:ModifyInstancesChargeType", { InstanceIds: [id], ...PREPAID });
  expect(await describe(id)).toMatchObject({ ...HOURLY, LatestOperationState: "OPERATING", InstanceState: "RUNNING" });
  const prepaid = { InstanceChargeType: "PREPAID", RenewFlag: "NOTIFY_AND_MANUAL_RENEW", InstanceState: "RUNNING" };
  await eventually(async () => expect(await describe(id)).toMatchObject(prepaid));
  expect(await code("cvm:ModifyInstancesChargeType", { InstanceIds: [id], ...PREPAID })).toBe(
    "UnsupportedOperation.InstanceChargeType",
  );
  await ask("cvm:ModifyInstancesChargeType", { InstanceIds: [id], ...HOURLY });
  await eventually(async () => expect(await describe(id)).toMatchObject({ ...HOURLY, RenewFlag: null }));
});

test("a prepaid instance goes to the recycle bin with its address, and from there for good", async () => {
  const id = await run(PREPAID);
  await ask("cvm:TerminateInstances", { InstanceIds: [id] });
  await becomes(id, "SHUTDOWN");
  expect(await describe(id)).toMatchObject({ InstanceState: "SHUTDOWN", PrivateIpAddresses: ["10.0.1.11"] });
  expect(await code("vpc:DeleteSubnet", { SubnetId: network.SubnetId })).toBe("ResourceInUse");
  expect(await code("cvm:StartInstances", { InstanceIds: [id] })).toBe("UnsupportedOperation.InstanceStateShutdown");
  await ask("cvm:TerminateInstances", { InstanceIds: [id] });
  await eventually(() => expect(cloud.state.instances.size).toBe(0));
  expect(cloud.state.networkInterfaces.size).toBe(0);
});

test.each([
  [{ InstanceChargeType: "SPOTPAID" }, "InvalidParameterValue"],
  [{ InstanceChargeType: "PREPAID" }, "MissingParameter"],
  [{ InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 13 } }, "InvalidPeriod"],
  [{ InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1, RenewFlag: "no" } }, "InvalidParameterValue"],
])("refuses %j, at first and later", async (charge, expected) => {
  expect(await code("cvm:RunInstances", machine(network, charge))).toBe(expected);
  const id = await run();
  expect(await code("cvm:ModifyInstancesChargeType", { InstanceIds: [id], ...charge })).toBe(expected);
});

test("what happens at the end of the paid time can be changed, for instances that are paid in advance only", async () => {
  const id = await run(PREPAID);
  const wanted = { InstanceIds: [id], RenewFlag: "NOTIFY_AND_AUTO_RENEW" };
  await ask("cvm:ModifyInstancesRenewFlag", wanted);
  expect(await describe(id)).toMatchObject({ RenewFlag: "NOTIFY_AND_MANUAL_RENEW", LatestOperationState: "OPERATING" });
  await eventually(async () => expect(await describe(id)).toMatchObject({ RenewFlag: "NOTIFY_AND_AUTO_RENEW" }));
  expect(await code("cvm:ModifyInstancesRenewFlag", { ...wanted, RenewFlag: "NEVER" })).toBe("InvalidParameterValue");
  await ask("cvm:ModifyInstancesChargeType", { InstanceIds: [id], ...HOURLY });
  await eventually(async () => expect(await describe(id)).toMatchObject(HOURLY));
  expect(await code("cvm:ModifyInstancesRenewFlag", wanted)).toBe("UnsupportedOperation.InstanceChargeType");
});
