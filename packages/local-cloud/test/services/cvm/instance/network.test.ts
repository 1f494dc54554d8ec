import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: RunningInstance;
let instanceId: string;
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startInstance();
  [instanceId = ""] = world.ids.InstanceIds;
});
afterEach(() => world.cloud.stop());

const move = (VirtualPrivateCloud: object, more: object = {}) =>
  world.code("cvm:ModifyInstancesVpcAttribute", {
    ...world.ids,
    VirtualPrivateCloud: { ...world.network, ...VirtualPrivateCloud },
    ...more,
  });
const eni = () => {
  const { networkInterfaceId = "" } = world.cloud.state.instances.get(instanceId) ?? {};
  return world.cloud.state.networkInterfaces.get(networkInterfaceId);
};

/** Another subnet of the VPC. */
async function otherSubnet(Zone = "ap-singapore-1"): Promise<string> {
  const subnet = { VpcId: world.network.VpcId, SubnetName: "t", CidrBlock: "10.0.2.0/24", Zone };
  return (await world.ask("vpc:CreateSubnet", subnet)).Subnet.SubnetId;
}

test("an instance gets another primary address, for which it is shut down and started; its EIP goes along", async () => {
  const addressId = "eip-11111111";
  const networkInterfaceId = eni()?.networkInterfaceId ?? "";
  world.cloud.seed.address({ addressId, addressIp: "203.0.113.10", networkInterfaceId, privateIp: "10.0.1.11" });
  expect(await move({ PrivateIpAddresses: ["10.0.1.50"] })).toBeUndefined();
  expect(await world.shown()).toMatchObject([{ InstanceState: "STOPPING", PrivateIpAddresses: ["10.0.1.11"] }]);
  await world.isIn("RUNNING");
  expect(await world.shown()).toMatchObject([{ PrivateIpAddresses: ["10.0.1.50"] }]);
  expect(world.cloud.state.addresses.get(addressId)).toMatchObject({ binding: { privateIp: "10.0.1.50" } });
});

test("an instance goes to another subnet of its zone, where it gets a free address, and keeps no HAVIP", async () => {
  const SubnetId = await otherSubnet();
  const { HaVip } = await world.ask("vpc:CreateHaVip", { ...world.network, HaVipName: "h", Vip: "10.0.1.100" });
  const associations = [{ HaVipId: HaVip.HaVipId, InstanceId: instanceId }];
  await world.ask("vpc:AssociateHaVipInstance", { HaVipAssociationSet: associations });
  world.cloud.learn({ vip: "10.0.1.100", networkInterfaceId: eni()?.networkInterfaceId ?? "" });
  expect(await move({ SubnetId })).toBeUndefined();
  await world.isIn("RUNNING");
  expect(eni()).toMatchObject({ subnetId: SubnetId, privateIpAddresses: [{ privateIp: "10.0.2.2" }] });
  expect(world.cloud.state.instances.get(instanceId)).toMatchObject({ subnetId: SubnetId, privateIp: "10.0.2.2" });
  expect(world.cloud.holderOf("10.0.1.100")).toBeUndefined();
  expect(world.cloud.state.haVips.get(HaVip.HaVipId)?.associations).toEqual([]);
});

test("refuses another zone's subnet, a running instance without force, and an address that is taken", async () => {
  expect(await move({ SubnetId: await otherSubnet("ap-singapore-2") })).toBe("InvalidParameterValue");
  expect(await move({ PrivateIpAddresses: ["10.0.1.50"] }, { ForceStop: false })).toBe(
    "UnsupportedOperation.InstanceStateRunning",
  );
  expect(await move({ PrivateIpAddresses: ["10.0.1.11"] })).toBe("VpcIpIsUsed");
});

test("an address that somebody else takes meanwhile is not given twice", async () => {
  await move({ PrivateIpAddresses: ["10.0.1.50"] });
  const { SubnetId: subnetId } = world.network;
  world.cloud.seed.networkInterface({ subnetId, privateIp: "10.0.1.50" });
  await world.isIn("RUNNING");
  expect(await world.shown()).toMatchObject([{ PrivateIpAddresses: ["10.0.1.11"], LatestOperationState: "FAILED" }]);
});
