import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../src/index.ts";
import { eventually } from "./client.ts";
import { type Ask, machine, makeNetwork, startEmpty } from "./provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
beforeEach(async () => ({ cloud, ask } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })));
afterEach(() => cloud.stop());

const code = async (operation: `${string}:${string}`, body: object) => (await ask(operation, body)).Error?.Code;

test("a subnet lies in its VPC, overlaps no other and is in a zone of the region", async () => {
  const { VpcId } = await makeNetwork(ask);
  const subnet = { VpcId, SubnetName: "t", CidrBlock: "10.0.2.0/24", Zone: "ap-singapore-1" };
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.1.0.0/24" })).toBe(
    "InvalidParameterValue.SubnetRange",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.1.128/25" })).toBe(
    "InvalidParameterValue.SubnetConflict",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.2.1/24" })).toBe(
    "InvalidParameterValue.Malformed",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, Zone: "ap-tokyo-1" })).toBe("InvalidParameterValue");
  expect(await code("vpc:CreateSubnet", { ...subnet, VpcId: "vpc-99999999" })).toBe("ResourceNotFound");
  expect(await code("vpc:CreateSubnet", { ...subnet, SubnetName: "x".repeat(61) })).toBe(
    "InvalidParameterValue.TooLong",
  );
  expect(await code("vpc:CreateSubnet", subnet)).toBeUndefined();
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.3.0/24" })).toBe("LimitExceeded");
});

test("refuses to delete a VPC with a subnet and a subnet with an address, then deletes both", async () => {
  const { VpcId, SubnetId } = await makeNetwork(ask);
  const { HaVip } = await ask("vpc:CreateHaVip", { HaVipName: "h", VpcId, SubnetId });
  expect(await code("vpc:DeleteSubnet", { SubnetId })).toBe("ResourceInUse");
  expect(await code("vpc:DeleteVpc", { VpcId })).toBe("ResourceInUse");
  await ask("vpc:DeleteHaVip", { HaVipId: HaVip.HaVipId });
  await ask("vpc:DeleteSubnet", { SubnetId });
  await ask("vpc:DeleteVpc", { VpcId });
  expect(await ask("vpc:DescribeVpcs")).toMatchObject({ TotalCount: 0, VpcSet: [] });
  expect(await code("vpc:DeleteVpc", { VpcId })).toBe("ResourceNotFound");
});

test("the numbers of the older Describe actions are strings or numbers", async () => {
  await makeNetwork(ask);
  for (const Limit of ["1", 1]) expect((await ask("vpc:DescribeVpcs", { Limit, Offset: "0" })).VpcSet).toHaveLength(1);
  expect(await code("vpc:DescribeVpcs", { Limit: "many" })).toBe("InvalidParameter");
  expect(await code("vpc:DescribeVpcs", { Limit: "101" })).toBe("InvalidParameterValue.Range");
});

test("an EIP is there after its task, keeps its bandwidth within bounds, and goes when it is unbound", async () => {
  const given = { InternetMaxBandwidthOut: 10, AddressName: "e", Tags: [{ Key: "a", Value: "b" }] };
  const { AddressSet, TaskId } = await ask("vpc:AllocateAddresses", given);
  const [AddressId] = AddressSet;
  expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe("OperationDenied.MutexTaskRunning");
  await eventually(async () =>
    expect((await ask("vpc:DescribeTaskResult", { TaskId: Number(TaskId) })).Result).toBe("SUCCESS"),
  );
  expect((await ask("vpc:DescribeAddresses", { AddressIds: AddressSet })).AddressSet).toMatchObject([
    { AddressStatus: "UNBIND", Bandwidth: 10, AddressName: "e", TagSet: [{ Key: "a", Value: "b" }] },
  ]);
  expect(await code("vpc:AllocateAddresses", {})).toBe("AddressQuotaLimitExceeded");
  const bandwidth = (mbps: number) => ({ AddressIds: AddressSet, InternetMaxBandwidthOut: mbps });
  expect(await code("vpc:ModifyAddressesBandwidth", bandwidth(201))).toBe("InvalidParameterValue.BandwidthOutOfRange");
  expect(await code("vpc:ModifyAddressesBandwidth", bandwidth(0))).toBe("InvalidParameterValue.BandwidthTooSmall");
  await ask("vpc:ModifyAddressesBandwidth", bandwidth(20));
  await eventually(() => expect(cloud.state.addresses.get(AddressId)?.bandwidthMbps).toBe(20));

  const { HaVip } = await ask("vpc:CreateHaVip", { HaVipName: "h", ...(await makeNetwork(ask)) });
  const [{ AddressIp }] = (await ask("vpc:DescribeAddresses")).AddressSet;
  await ask("vpc:HaVipAssociateAddressIp", { HaVipId: HaVip.HaVipId, AddressIp });
  await eventually(async () =>
    expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe(
      "UnsupportedOperation.AddressStatusNotPermit",
    ),
  );
  expect(await code("vpc:DeleteHaVip", { HaVipId: HaVip.HaVipId })).toBe("UnsupportedOperation");
  await ask("vpc:HaVipDisassociateAddressIp", { HaVipId: HaVip.HaVipId });
  await eventually(async () => expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBeUndefined());
  await eventually(() => expect(cloud.state.addresses.size).toBe(0));
  expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe("InvalidAddressId.NotFound");
});

test("a security group's rules are replaced as a whole, checked, and counted by version", async () => {
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", { GroupName: "g", GroupDescription: "d" });
  const { SecurityGroupId } = SecurityGroup;
  const rule = { Protocol: "tcp", Port: "80,443", CidrBlock: "0.0.0.0/0", Action: "accept", PolicyDescription: "web" };
  const modify = (set: object) =>
    code("vpc:ModifySecurityGroupPolicies", { SecurityGroupId, SecurityGroupPolicySet: set });
  expect(await modify({ Ingress: [rule], Egress: [{ ...rule, Protocol: "ALL", Port: "ALL" }] })).toBeUndefined();
  const { SecurityGroupPolicySet } = await ask("vpc:DescribeSecurityGroupPolicies", { SecurityGroupId });
  expect(SecurityGroupPolicySet).toMatchObject({
    Version: "1",
    Ingress: [{ PolicyIndex: 0, Protocol: "tcp", Port: "80,443", Action: "ACCEPT", PolicyDescription: "web" }],
    Egress: [{ Protocol: "ALL", Port: "ALL", CidrBlock: "0.0.0.0/0" }],
  });
  expect(await modify({ Ingress: [rule, rule] })).toBe("UnsupportedOperation.DuplicatePolicy");
  expect(await modify({ Ingress: [{ ...rule, Protocol: "VRRP" }] })).toBe("InvalidParameterValue.Malformed");
  expect(await modify({ Ingress: [{ ...rule, CidrBlock: "10.0.0.0/99" }] })).toBe("InvalidParameterValue.Malformed");
  expect(await modify({ Ingress: [{ ...rule, SecurityGroupId }] })).toBe("InvalidParameter.Coexist");
  expect(await modify({ Ingress: [{ Action: "ACCEPT" }] })).toBe("InvalidParameterValue.Empty");
  expect(await modify({ Version: "7", Ingress: [rule] })).toBe("UnsupportedOperation.VersionMismatch");
  expect(await modify({ Version: "0" })).toBeUndefined();
  expect(cloud.state.securityGroups.get(SecurityGroupId)).toMatchObject({ ingress: [], egress: [], version: 2 });
});

test("refuses to delete a security group that an instance has", async () => {
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", { GroupName: "g" });
  const { SecurityGroupId } = SecurityGroup;
  await ask("cvm:RunInstances", machine(await makeNetwork(ask), { SecurityGroupIds: [SecurityGroupId] }));
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId })).toBe("ResourceInUse");
  const { SecurityGroupAssociationStatisticsSet: statistics } = await ask(
    "vpc:DescribeSecurityGroupAssociationStatistics",
    { SecurityGroupIds: [SecurityGroupId] },
  );
  expect(statistics).toMatchObject([{ CVM: 1, TotalCount: 1 }]);
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId: "sg-99999999" })).toBe("ResourceNotFound");
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId: "sg" })).toBe("InvalidSecurityGroupID.Malformed");
});

test("an ENI is PENDING with its addresses, then AVAILABLE, then gone with them", async () => {
  const { VpcId, SubnetId } = await makeNetwork(ask);
  const addresses = [
    { PrivateIpAddress: "10.0.1.101", Primary: true, Description: "parking" },
    { PrivateIpAddress: "10.0.1.100", Primary: false },
  ];
  const eni = { VpcId, SubnetId, NetworkInterfaceName: "parking", PrivateIpAddresses: addresses };
  const { NetworkInterface } = await ask("vpc:CreateNetworkInterface", eni);
  const { NetworkInterfaceId } = NetworkInterface;
  expect(NetworkInterface).toMatchObject({
    State: "PENDING",
    PrivateIpAddressSet: [
      { PrivateIpAddress: "10.0.1.101", Primary: true, Description: "parking" },
      { PrivateIpAddress: "10.0.1.100", Primary: false },
    ],
  });
  expect(await code("vpc:DeleteNetworkInterface", { NetworkInterfaceId })).toBe(
    "UnsupportedOperation.MutexOperationTaskRunning",
  );
  expect(await code("vpc:CreateNetworkInterface", eni)).toBe("ResourceInUse");
  expect((await ask("vpc:DescribeUsedIpAddress", { VpcId, SubnetId })).IpAddressStates).toMatchObject([
    { IpAddress: "10.0.1.101", ResourceType: "ENI", ResourceId: NetworkInterfaceId },
    { IpAddress: "10.0.1.100", ResourceType: "ENI", ResourceId: NetworkInterfaceId },
  ]);
  await eventually(async () =>
    expect((await ask("vpc:DescribeNetworkInterfaces")).NetworkInterfaceSet).toMatchObject([{ State: "AVAILABLE" }]),
  );
  await ask("vpc:DeleteNetworkInterface", { NetworkInterfaceId });
  await eventually(() => expect(cloud.state.networkInterfaces.size).toBe(0));
});
