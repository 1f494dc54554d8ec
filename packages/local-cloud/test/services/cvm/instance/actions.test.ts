import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { eventually } from "../../../support/client.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { instancesPerPlacementGroup: 1 } }));
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

const running = (id: string) => eventually(() => expect(cloud.state.instances.get(id)?.instanceState).toBe("RUNNING"));

test("an instance is PENDING, then RUNNING, then TERMINATING, then gone with its address, EIP binding and disk", async () => {
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, { UserData: "aGVsbG8=" }));
  const [InstanceId] = InstanceIdSet;
  const describe = async () => (await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet })).InstanceSet;
  expect(await describe()).toMatchObject([{ InstanceState: "PENDING", LatestOperationState: "OPERATING" }]);
  expect(await code("cvm:TerminateInstances", { InstanceIds: InstanceIdSet })).toBe(
    "UnsupportedOperation.InstanceStatePending",
  );
  await running(InstanceId);
  expect(await describe()).toMatchObject([
    {
      InstanceState: "RUNNING",
      CPU: 2,
      Memory: 2,
      PrivateIpAddresses: ["10.0.1.11"],
      Placement: { Zone: "ap-singapore-1" },
    },
  ]);
  const attributes = { InstanceIds: InstanceIdSet, Attributes: ["UserData"] };
  expect((await ask("cvm:DescribeInstancesAttributes", attributes)).InstanceSet).toEqual([
    { InstanceId, Attributes: { UserData: "aGVsbG8=" } },
  ]);
  expect((await ask("cbs:DescribeDisks")).DiskSet).toMatchObject([{ InstanceId, DiskState: "ATTACHED" }]);

  const { HaVip } = await ask("vpc:CreateHaVip", { HaVipName: "h", ...network, CheckAssociate: true });
  const association = { HaVipId: HaVip.HaVipId, InstanceId, InstanceType: "CVM" };
  await ask("vpc:AssociateHaVipInstance", { HaVipAssociationSet: [association] });
  const networkInterfaceId = cloud.state.instances.get(InstanceId)?.networkInterfaceId ?? "";
  expect(cloud.learn({ vip: HaVip.Vip, networkInterfaceId })).toBe(true);
  await ask("cvm:TerminateInstances", { InstanceIds: InstanceIdSet });
  expect(await describe()).toMatchObject([{ InstanceState: "TERMINATING" }]);
  expect(await code("cvm:TerminateInstances", { InstanceIds: InstanceIdSet })).toBe(
    "UnsupportedOperation.InstanceStateTerminating",
  );
  await eventually(() => expect(cloud.state.instances.size).toBe(0));
  expect(cloud.state.networkInterfaces.size).toBe(0);
  expect(cloud.holderOf(HaVip.Vip)).toBeUndefined();
  expect(cloud.state.haVips.get(HaVip.HaVipId)?.associations).toEqual([]);
  expect((await ask("cbs:DescribeDisks")).TotalCount).toBe(0);
  expect(await code("cvm:TerminateInstances", { InstanceIds: InstanceIdSet })).toBe("InvalidInstanceId.NotFound");
});

test("a protected instance is terminated once it is no longer protected", async () => {
  const { InstanceIdSet: InstanceIds } = await ask(
    "cvm:RunInstances",
    machine(network, { DisableApiTermination: true }),
  );
  await running(InstanceIds[0]);
  const isProtected = async () =>
    (await ask("cvm:DescribeInstances", { InstanceIds })).InstanceSet[0].DisableApiTermination as boolean;
  expect(await isProtected()).toBe(true);
  expect(await code("cvm:TerminateInstances", { InstanceIds })).toBe("UnsupportedOperation.InstancesProtected");
  await ask("cvm:ModifyInstancesAttribute", { InstanceIds, DisableApiTermination: false });
  expect(await isProtected()).toBe(false);
  expect(await code("cvm:TerminateInstances", { InstanceIds })).toBeUndefined();
});

test("an instance that failed to launch can be terminated, not changed", async () => {
  cloud.faults.add({ action: "RunInstances", task: "fails" });
  const { InstanceIdSet: InstanceIds } = await ask("cvm:RunInstances", machine(network));
  const [id] = InstanceIds;
  await eventually(() => expect(cloud.state.instances.get(id)?.instanceState).toBe("LAUNCH_FAILED"));
  expect(await code("cvm:ModifyInstancesAttribute", { InstanceIds, InstanceName: "n" })).toBe(
    "UnsupportedOperation.InstanceStateLaunchFailed",
  );
  expect(await code("cvm:TerminateInstances", { InstanceIds })).toBeUndefined();
});

test("user data has at most 16384 characters of base64", async () => {
  expect(await code("cvm:RunInstances", machine(network, { UserData: "A".repeat(16_388) }))).toBe(
    "InvalidParameterValue.TooLarge",
  );
  expect(await code("cvm:RunInstances", machine(network, { UserData: "not base64" }))).toBe(
    "InvalidParameterValue.InvalidUserDataFormat",
  );
  expect(await code("cvm:RunInstances", machine(network, { UserData: "A".repeat(16_384) }))).toBeUndefined();
});

const at = (address: string) => ({
  VirtualPrivateCloud: { ...network, PrivateIpAddresses: [address] },
});

test.each([
  ["an unknown image", () => ({ ImageId: "img-99999999" }), "InvalidImageId.NotFound"],
  ["a malformed image", () => ({ ImageId: "debian" }), "InvalidImageId.Malformed"],
  ["an unknown type", () => ({ InstanceType: "S9.HUGE" }), "InvalidParameterValue.InstanceTypeNotFound"],
  ["a malformed type", () => ({ InstanceType: "small" }), "InvalidInstanceType.Malformed"],
  ["another region's zone", () => ({ Placement: { Zone: "ap-tokyo-1" } }), "InvalidZone.MismatchRegion"],
  [
    "another zone than the subnet's",
    () => ({ Placement: { Zone: "ap-singapore-2" } }),
    "InvalidParameterValue.SubnetIdZoneIdNotMatch",
  ],
  ["an unknown role", () => ({ CamRoleName: "nobody" }), "AuthFailure.CamRoleNameAuthenticateFailed"],
  ["an unknown security group", () => ({ SecurityGroupIds: ["sg-99999999"] }), "InvalidSecurityGroupId.NotFound"],
  [
    "an unknown key pair",
    () => ({ LoginSettings: { KeyIds: ["skey-99999999"] } }),
    "InvalidParameterValue.KeyPairNotFound",
  ],
  [
    "an unknown placement group",
    () => ({ DisasterRecoverGroupIds: ["ps-99999999"] }),
    "FailedOperation.DisasterRecoverGroupNotFound",
  ],
  ["an address outside the subnet", () => at("10.0.2.11"), "VpcAddrNotInSubNet"],
  ["a reserved address", () => at("10.0.1.1"), "VpcAddrNotInSubNet"],
  ["no address", () => at("here"), "InvalidParameterValue.IPAddressMalformed"],
  ["what is not implemented", () => ({ DryRun: true }), "UnsupportedOperation"],
] as const)("refuses %s", async (_what, change, expected) => {
  expect(await code("cvm:RunInstances", machine(network, change()))).toBe(expected);
  expect(cloud.state.instances.size).toBe(0);
});

test("refuses an address that is taken", async () => {
  await ask("cvm:RunInstances", machine(network));
  expect(await code("cvm:RunInstances", machine(network))).toBe("VpcIpIsUsed");
});

test("a placement group counts its instances, is full at its quota, and is not deleted with any", async () => {
  const { DisasterRecoverGroupId } = await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
  const ids = { DisasterRecoverGroupIds: [DisasterRecoverGroupId] };
  await ask("cvm:RunInstances", machine(network, ids));
  const second = { ...ids, ...at("10.0.1.12") };
  expect(await code("cvm:RunInstances", machine(network, second))).toBe(
    "ResourceInsufficient.DisasterRecoverGroupCvmQuota",
  );
  expect((await ask("cvm:DescribeDisasterRecoverGroups", ids)).DisasterRecoverGroupSet).toMatchObject([
    { CurrentNum: 1, CvmQuotaTotal: 1 },
  ]);
  expect(await code("cvm:DeleteDisasterRecoverGroups", ids)).toBe("FailedOperation.PlacementSetNotEmpty");
  expect(await code("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "MOON" })).toBe("InvalidParameterValue.Range");
  expect(await code("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: ["ps-99999999"] })).toBe(
    "ResourceNotFound.InvalidPlacementSet",
  );
});

test("tags come and go with ModifyResourceTags, and go with their resource", async () => {
  const { VpcId } = network;
  const Resource = `qcs::vpc:ap-singapore:uin/:vpc/${VpcId}`;
  await ask("tag:ModifyResourceTags", {
    Resource,
    ReplaceTags: [
      { TagKey: "a", TagValue: "1" },
      { TagKey: "b", TagValue: "2" },
    ],
  });
  await ask("tag:ModifyResourceTags", {
    Resource,
    ReplaceTags: [{ TagKey: "b", TagValue: "3" }],
    DeleteTags: [{ TagKey: "a" }],
  });
  const query = { ServiceType: "vpc", ResourcePrefix: "vpc", ResourceIds: [VpcId], ResourceRegion: "ap-singapore" };
  expect((await ask("tag:DescribeResourceTagsByResourceIds", query)).Tags).toMatchObject([
    { TagKey: "b", TagValue: "3", ResourceId: VpcId },
  ]);
  const other = "qcs::vpc:ap-singapore:uin/:vpc/vpc-99999999";
  expect(await code("tag:ModifyResourceTags", { Resource: other })).toBe(
    "InvalidParameterValue.ResourceDescriptionError",
  );
  expect(await code("tag:ModifyResourceTags", { Resource, ReplaceTags: [{ TagKey: "", TagValue: "1" }] })).toBe(
    "InvalidParameterValue.TagKeyEmpty",
  );
  await ask("vpc:DeleteSubnet", { SubnetId: network.SubnetId });
  await ask("vpc:DeleteVpc", { VpcId });
  expect(cloud.state.tags.size).toBe(0);
});

test("an instance that is protected, at its start or later, is not terminated until the protection is taken away", async () => {
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, { DisableApiTermination: true }));
  const [InstanceId] = InstanceIdSet;
  await running(InstanceId);
  const isProtected = async () =>
    (await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet })).InstanceSet[0].DisableApiTermination;
  const protect = (DisableApiTermination: boolean) =>
    ask("cvm:ModifyInstancesAttribute", { InstanceIds: InstanceIdSet, DisableApiTermination });
  const terminate = () => code("cvm:TerminateInstances", { InstanceIds: InstanceIdSet });
  expect(await isProtected()).toBe(true);
  expect(await terminate()).toBe("UnsupportedOperation.InstancesProtected");
  await protect(false);
  expect(await isProtected()).toBe(false);
  await protect(true);
  expect(await terminate()).toBe("UnsupportedOperation.InstancesProtected");
  await protect(false);
  expect(await terminate()).toBeUndefined();
});
