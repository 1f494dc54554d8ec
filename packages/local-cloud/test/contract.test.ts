import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalCloud } from "../src/index.ts";
import { actions } from "../src/services/index.ts";
import { eventually } from "./support/client.ts";
import { agentsOfThisMachine } from "./support/agents.ts";
import { type SdkAnswer, sdkCaller, type Target } from "./support/sdk.ts";

/**
 * The official SDK as the client: what holds here must hold in the real cloud. With CONTRACT_SECRET_ID and
 * CONTRACT_SECRET_KEY it runs there instead, in CONTRACT_REGION; that makes and removes resources that cost money.
 */
const { CONTRACT_SECRET_ID: secretId, CONTRACT_SECRET_KEY: secretKey } = process.env;
const region = process.env["CONTRACT_REGION"] ?? "ap-singapore";
const isReal = secretId !== undefined && secretKey !== undefined;

const zone = process.env["CONTRACT_ZONE"] ?? `${region}-1`;
const ImageId = process.env["CONTRACT_IMAGE"] ?? "img-487zeit5";
const InstanceType = process.env["CONTRACT_INSTANCE_TYPE"] ?? "S5.MEDIUM2";
const name = `contract-${Date.now().toString(36)}`;
const patience = isReal ? 180_000 : 5000;

const called = new Set<string>();
let cloud: LocalCloud | undefined;
let ask: ReturnType<typeof sdkCaller>;

beforeAll(async () => {
  let target: Target = { secretId: secretId ?? "AKIDroot", secretKey: secretKey ?? "root-secret", region };
  if (!isReal) {
    cloud = await LocalCloud.start({ region, taskMs: 20, log: () => undefined });
    cloud.seed.secret(target);
    cloud.plugInAgents(agentsOfThisMachine());
    target = { ...target, url: cloud.apiUrls[0] ?? "" };
  }
  ask = sdkCaller(target, called);
});
afterAll(() => cloud?.stop());

const contract = (title: string, run: () => Promise<void>) => test(title, isReal ? { timeout: 4 * patience } : {}, run);

const wait = <T>(check: () => Promise<T>) => eventually(check, patience);

/** The code of the SDK's exception; undefined: none was thrown. */
const refusal = (operation: `${string}:${string}`, body: object) =>
  ask(operation, body).then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

const vpcTask = ({ RequestId }: SdkAnswer) =>
  wait(async () => expect((await ask("vpc:DescribeVpcTaskResult", { TaskId: RequestId })).Status).toBe("SUCCESS"));

const eipTask = ({ TaskId }: SdkAnswer) =>
  wait(async () => expect((await ask("vpc:DescribeTaskResult", { TaskId: Number(TaskId) })).Result).toBe("SUCCESS"));

let VpcId: string;
let SubnetId: string;
let SecurityGroupId: string;
let HaVipId: string;
let AddressId: string;
let AddressIp: string;
let parking: string;
let InstanceId: string;
let eni: string;
let PolicyId: number;
let RoleId: string;
let group: string;
let KeyId: string;

contract("networks are made, changed and described", async () => {
  ({ VpcId } = (await ask("vpc:CreateVpc", { VpcName: name, CidrBlock: "10.0.0.0/16" })).Vpc);
  await ask("vpc:ModifyVpcAttribute", { VpcId, VpcName: `${name}-2` });
  expect((await ask("vpc:DescribeVpcs", { VpcIds: [VpcId] })).VpcSet).toMatchObject([
    { VpcId, VpcName: `${name}-2`, CidrBlock: "10.0.0.0/16" },
  ]);
  const subnet = { VpcId, SubnetName: name, CidrBlock: "10.0.1.0/24", Zone: zone };
  ({ SubnetId } = (await ask("vpc:CreateSubnet", subnet)).Subnet);
  await ask("vpc:ModifySubnetAttribute", { SubnetId, SubnetName: `${name}-2` });
  expect((await ask("vpc:DescribeSubnets", { SubnetIds: [SubnetId] })).SubnetSet).toMatchObject([
    { SubnetName: `${name}-2`, AvailableIpAddressCount: 253 },
  ]);
  const tables = await ask("vpc:DescribeRouteTables", { Filters: [{ Name: "vpc-id", Values: [VpcId] }] });
  expect(tables.RouteTableSet).toMatchObject([{ Main: true }]);
  expect(await refusal("vpc:CreateSubnet", subnet)).toBe("InvalidParameterValue.SubnetConflict");
  expect(await refusal("vpc:CreateSubnet", { ...subnet, CidrBlock: "192.168.0.0/24" })).toBe(
    "InvalidParameterValue.SubnetRange",
  );
});

contract("a security group has the rules that it is given", async () => {
  const given = { GroupName: name, GroupDescription: "contract" };
  ({ SecurityGroupId } = (await ask("vpc:CreateSecurityGroup", given)).SecurityGroup);
  await ask("vpc:ModifySecurityGroupAttribute", { SecurityGroupId, GroupDescription: "changed" });
  const rule = { Protocol: "TCP", Port: "80", CidrBlock: "0.0.0.0/0", Action: "ACCEPT" };
  await ask("vpc:ModifySecurityGroupPolicies", { SecurityGroupId, SecurityGroupPolicySet: { Ingress: [rule] } });
  const { SecurityGroupPolicySet } = await ask("vpc:DescribeSecurityGroupPolicies", { SecurityGroupId });
  expect(SecurityGroupPolicySet.Ingress).toMatchObject([{ Protocol: "tcp", Port: "80", Action: "ACCEPT" }]);
  const { SecurityGroupSet } = await ask("vpc:DescribeSecurityGroups", { SecurityGroupIds: [SecurityGroupId] });
  expect(SecurityGroupSet).toMatchObject([{ SecurityGroupDesc: "changed" }]);
});

contract("a role has a policy", async () => {
  const statement = [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }];
  const trust = [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }];
  const PolicyDocument = JSON.stringify({ version: "2.0", statement: trust });
  ({ RoleId } = await ask("cam:CreateRole", { RoleName: name, PolicyDocument }));
  await ask("cam:UpdateRoleDescription", { RoleId, Description: "contract" });
  await ask("cam:UpdateAssumeRolePolicy", { RoleId, PolicyDocument });
  expect((await ask("cam:GetRole", { RoleId })).RoleInfo).toMatchObject({ RoleName: name, Description: "contract" });
  expect((await ask("cam:DescribeRoleList", { Page: 1, Rp: 200 })).List).toContainEqual(
    expect.objectContaining({ RoleId }),
  );
  const document = JSON.stringify({ version: "2.0", statement });
  ({ PolicyId } = await ask("cam:CreatePolicy", { PolicyName: name, PolicyDocument: document }));
  await ask("cam:UpdatePolicy", { PolicyId, Description: "contract" });
  expect(await ask("cam:GetPolicy", { PolicyId })).toMatchObject({ PolicyName: name, Description: "contract" });
  expect((await ask("cam:ListPolicies", { Scope: "Local", Page: 1, Rp: 200 })).List).toContainEqual(
    expect.objectContaining({ PolicyId }),
  );
  await ask("cam:AttachRolePolicy", { AttachRoleId: RoleId, PolicyId });
  expect((await ask("cam:ListAttachedRolePolicies", { RoleId, Page: 1, Rp: 20 })).List).toMatchObject([{ PolicyId }]);
  expect(await refusal("cam:CreateRole", { RoleName: name, PolicyDocument })).toBe("InvalidParameter.RoleNameInUse");
});

contract("an instance runs, in a placement group and with a key pair", async () => {
  const zones = await ask("cvm:DescribeZones");
  expect(zones.ZoneSet).toContainEqual(expect.objectContaining({ Zone: zone }));
  expect((await ask("cvm:DescribeImages", { ImageIds: [ImageId] })).ImageSet).toMatchObject([{ ImageId }]);
  const Filters = [
    { Name: "zone", Values: [zone] },
    { Name: "instance-type", Values: [InstanceType] },
  ];
  const offers = await ask("cvm:DescribeZoneInstanceConfigInfos", { Filters });
  expect(offers.InstanceTypeQuotaSet).toContainEqual(expect.objectContaining({ InstanceType, Status: "SELL" }));
  ({ DisasterRecoverGroupId: group } = await ask("cvm:CreateDisasterRecoverGroup", { Name: name, Type: "HOST" }));
  await ask("cvm:ModifyDisasterRecoverGroupAttribute", { DisasterRecoverGroupId: group, Name: `${name}-2` });
  const PublicKey = `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, 7)]).toString("base64")}`;
  ({ KeyId } = await ask("cvm:ImportKeyPair", { KeyName: name.replace("-", "_"), ProjectId: 0, PublicKey }));
  await ask("cvm:ModifyKeyPairAttribute", { KeyId, KeyName: `${name.replace("-", "_")}_2` });
  expect((await ask("cvm:DescribeKeyPairs", { KeyIds: [KeyId] })).TotalCount).toBe(1);
  const machine = {
    Placement: { Zone: zone },
    ImageId,
    InstanceType,
    VirtualPrivateCloud: { VpcId, SubnetId, PrivateIpAddresses: ["10.0.1.11"] },
    InstanceName: name,
    SecurityGroupIds: [SecurityGroupId],
    DisasterRecoverGroupIds: [group],
    LoginSettings: { KeyIds: [KeyId] },
    CamRoleName: name,
    UserData: "aGVsbG8=",
  };
  [InstanceId] = (await ask("cvm:RunInstances", machine)).InstanceIdSet;
  const ids = { InstanceIds: [InstanceId] };
  await wait(async () =>
    expect((await ask("cvm:DescribeInstances", ids)).InstanceSet).toMatchObject([{ InstanceState: "RUNNING" }]),
  );
  await ask("cvm:ModifyInstancesAttribute", { ...ids, InstanceName: `${name}-2` });
  // Payment in advance would cost a month.
  const unknown = { InstanceIds: ["ins-00000000"], InstanceChargeType: "POSTPAID_BY_HOUR" };
  expect(await refusal("cvm:ModifyInstancesChargeType", unknown)).toBe("InvalidInstanceId.NotFound");
  expect(
    (await ask("cvm:DescribeInstancesAttributes", { ...ids, Attributes: ["UserData"] })).InstanceSet,
  ).toMatchObject([{ Attributes: { UserData: "aGVsbG8=" } }]);
  const groups = await ask("cvm:DescribeDisasterRecoverGroups", { DisasterRecoverGroupIds: [group] });
  expect(groups.DisasterRecoverGroupSet).toMatchObject([{ CurrentNum: 1, InstanceIds: [InstanceId] }]);
  expect(
    (await ask("cbs:DescribeDisks", { Filters: [{ Name: "instance-id", Values: [InstanceId] }] })).DiskSet,
  ).toMatchObject([{ DiskUsage: "SYSTEM_DISK" }]);
  const used = await ask("vpc:DescribeUsedIpAddress", { VpcId, SubnetId, IpAddresses: ["10.0.1.11"] });
  expect(used.TotalCount).toBe(1);
  const associations = { SecurityGroupIds: [SecurityGroupId] };
  const { SecurityGroupAssociationStatisticsSet: statistics } = await ask(
    "vpc:DescribeSecurityGroupAssociationStatistics",
    associations,
  );
  expect(statistics).toMatchObject([{ CVM: 1 }]);
  expect(await refusal("cvm:RunInstances", machine)).toBe("VpcIpIsUsed");
  expect(await refusal("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: [group] })).toBe(
    "FailedOperation.PlacementSetNotEmpty",
  );
  const Resource = `qcs::cvm:${region}:uin/:instance/${InstanceId}`;
  await ask("tag:ModifyResourceTags", { Resource, ReplaceTags: [{ TagKey: "contract", TagValue: name }] });
  const query = { ServiceType: "cvm", ResourcePrefix: "instance", ResourceRegion: region, ResourceIds: [InstanceId] };
  await wait(async () =>
    expect((await ask("tag:DescribeResourceTagsByResourceIds", query)).Tags).toMatchObject([{ TagValue: name }]),
  );
  expect((await ask("sts:GetCallerIdentity")).AccountId).toMatch(/^\d+$/);
});

contract("an instance runs a command, and says how it went", async () => {
  const ids = { InstanceIds: [InstanceId] };
  await wait(async () =>
    expect((await ask("tat:DescribeAutomationAgentStatus", ids)).AutomationAgentSet).toMatchObject([
      { AgentStatus: "Online", Environment: "Linux" },
    ]),
  );
  const Content = Buffer.from("echo out; echo err >&2; pwd; exit 3").toString("base64");
  const { InvocationId } = await ask("tat:RunCommand", { ...ids, Content, Timeout: 10, WorkingDirectory: "/tmp" });
  await wait(async () =>
    expect((await ask("tat:DescribeInvocations", { InvocationIds: [InvocationId] })).InvocationSet).toMatchObject([
      { InvocationStatus: "FAILED", InvocationTaskBasicInfoSet: [{ InstanceId, TaskStatus: "FAILED" }] },
    ]),
  );
  const query = { Filters: [{ Name: "invocation-id", Values: [InvocationId] }] };
  const [hidden] = (await ask("tat:DescribeInvocationTasks", query)).InvocationTaskSet;
  expect(hidden.TaskResult.Output).toBe("");
  const [task] = (await ask("tat:DescribeInvocationTasks", { ...query, HideOutput: false })).InvocationTaskSet;
  expect(task).toMatchObject({ TaskResult: { ExitCode: 3, Dropped: 0 }, CommandDocument: { Content } });
  expect(Buffer.from(task.TaskResult.Output, "base64").toString()).toBe("out\nerr\n/tmp\n");
  expect(await refusal("tat:RunCommand", { ...ids, Content, Timeout: 86_401 })).toBe("InvalidParameterValue.Range");
  expect(await refusal("tat:RunCommand", { InstanceIds: ["ins-00000000"], Content })).toBe(
    "ResourceNotFound.InstanceNotFound",
  );
});

contract("a private address moves to the instance, and its EIP with it", async () => {
  const given = { InternetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", InternetMaxBandwidthOut: 5 };
  const allocated = await ask("vpc:AllocateAddresses", given);
  [AddressId] = allocated.AddressSet;
  await eipTask(allocated);
  await ask("vpc:ModifyAddressAttribute", { AddressId, AddressName: name });
  await eipTask(await ask("vpc:ModifyAddressesBandwidth", { AddressIds: [AddressId], InternetMaxBandwidthOut: 6 }));
  const byBandwidth = { AddressId, InternetChargeType: "BANDWIDTH_POSTPAID_BY_HOUR", InternetMaxBandwidthOut: 6 };
  await ask("vpc:ModifyAddressInternetChargeType", byBandwidth);
  [{ AddressIp }] = (await ask("vpc:DescribeAddresses", { AddressIds: [AddressId] })).AddressSet;
  expect((await ask("vpc:DescribeBandwidthPackages", {})).TotalCount).toBeTypeOf("number");
  const addresses = [{ PrivateIpAddress: "10.0.1.101", Primary: true }];
  const wanted = { VpcId, SubnetId, NetworkInterfaceName: name, PrivateIpAddresses: addresses };
  ({ NetworkInterfaceId: parking } = (await ask("vpc:CreateNetworkInterface", wanted)).NetworkInterface);
  const enis = async (body: object) => (await ask("vpc:DescribeNetworkInterfaces", body)).NetworkInterfaceSet;
  await wait(async () =>
    expect(await enis({ NetworkInterfaceIds: [parking] })).toMatchObject([{ State: "AVAILABLE" }]),
  );
  await ask("vpc:ModifyNetworkInterfaceAttribute", { NetworkInterfaceId: parking, NetworkInterfaceName: `${name}-2` });
  const vip = { NetworkInterfaceId: parking, PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.100" }] };
  await vpcTask(await ask("vpc:AssignPrivateIpAddresses", vip));
  const target = { NetworkInterfaceId: parking, PrivateIpAddress: "10.0.1.100" };
  await eipTask(await ask("vpc:AssociateAddress", { AddressId, ...target }));
  const filter = { Filters: [{ Name: "attachment.instance-id", Values: [InstanceId] }] };
  [{ NetworkInterfaceId: eni }] = await enis(filter);
  const move = {
    SourceNetworkInterfaceId: parking,
    DestinationNetworkInterfaceId: eni,
    PrivateIpAddress: "10.0.1.100",
  };
  await vpcTask(await ask("vpc:MigratePrivateIpAddress", move));
  expect(await refusal("vpc:MigratePrivateIpAddress", move)).toBe("UnauthorizedOperation.AttachmentNotFound");
  await wait(async () =>
    expect((await enis({ NetworkInterfaceIds: [eni] }))[0].PrivateIpAddressSet).toContainEqual(
      expect.objectContaining({ PrivateIpAddress: "10.0.1.100", AddressId, Primary: false }),
    ),
  );
  await eipTask(await ask("vpc:DisassociateAddress", { AddressId }));
  const gone = { NetworkInterfaceId: eni, PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.100" }] };
  await vpcTask(await ask("vpc:UnassignPrivateIpAddresses", gone));
});

contract("a HAVIP has an EIP and instances that may hold it", async () => {
  const given = { VpcId, SubnetId, HaVipName: name, CheckAssociate: true };
  ({ HaVipId } = (await ask("vpc:CreateHaVip", given)).HaVip);
  await ask("vpc:ModifyHaVipAttribute", { HaVipId, HaVipName: `${name}-2` });
  const HaVipAssociationSet = [{ HaVipId, InstanceId, InstanceType: "CVM" }];
  await ask("vpc:AssociateHaVipInstance", { HaVipAssociationSet });
  await ask("vpc:HaVipAssociateAddressIp", { HaVipId, AddressIp });
  const haVip = async () => (await ask("vpc:DescribeHaVips", { HaVipIds: [HaVipId] })).HaVipSet[0];
  await wait(async () =>
    expect(await haVip()).toMatchObject({ AddressIp, HaVipAssociationSet: [{ InstanceId }], State: "UNBIND" }),
  );
  await ask("vpc:HaVipDisassociateAddressIp", { HaVipId });
  await wait(async () => expect((await haVip()).AddressIp).toBeFalsy());
  await ask("vpc:DisassociateHaVipInstance", { HaVipAssociationSet });
});

const isIn = (InstanceState: string) =>
  wait(async () =>
    expect((await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet).toMatchObject([
      { InstanceState, LatestOperationState: "SUCCESS" },
    ]),
  );

contract("an instance stops and starts again", async () => {
  const ids = { InstanceIds: [InstanceId] };
  await ask("cvm:StopInstances", { ...ids, StopType: "SOFT_FIRST", StoppedMode: "KEEP_CHARGING" });
  await isIn("STOPPED");
  expect(await refusal("cvm:StopInstances", ids)).toBe("UnsupportedOperation.InstanceStateStopped");
  await ask("cvm:StartInstances", ids);
  await isIn("RUNNING");
  expect(await refusal("cvm:StartInstances", ids)).toBe("UnsupportedOperation.InstanceStateRunning");
});

contract("an instance is booted anew", async () => {
  await ask("cvm:RebootInstances", { InstanceIds: [InstanceId], StopType: "HARD" });
  await isIn("RUNNING");
});

contract("an instance is given another type", async () => {
  const wanted = { InstanceIds: [InstanceId], InstanceType: process.env["CONTRACT_OTHER_TYPE"] ?? "S5.MEDIUM4" };
  expect(await refusal("cvm:ResetInstancesType", { ...wanted, InstanceType: "small" })).toBe(
    "InvalidInstanceType.Malformed",
  );
  await ask("cvm:ResetInstancesType", { ...wanted, ForceStop: true });
  await isIn("RUNNING");
  expect((await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet).toMatchObject([
    { InstanceType: wanted.InstanceType },
  ]);
});

contract("an instance is given a larger system disk", async () => {
  const [{ SystemDisk }] = (await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet;
  const DiskSize = SystemDisk.DiskSize + 10;
  const wanted = { InstanceId, SystemDisk: { DiskType: SystemDisk.DiskType, DiskSize } };
  expect(await refusal("cvm:ResizeInstanceDisks", { InstanceId })).toBe("MissingParameter.AtLeastOne");
  await ask("cvm:ResizeInstanceDisks", { ...wanted, ForceStop: true });
  await isIn("RUNNING");
  expect((await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet).toMatchObject([
    { SystemDisk: { DiskSize } },
  ]);
});

contract("data disks are made with instances, which are numbered, and go their own way", async () => {
  const disks = async (Filters: object[]) => (await ask("cbs:DescribeDisks", { Filters })).DiskSet;
  const { InstanceIdSet } = await ask("cvm:RunInstances", {
    Placement: { Zone: zone },
    ImageId,
    InstanceType,
    VirtualPrivateCloud: { VpcId, SubnetId },
    InstanceCount: 2,
    InstanceName: `${name}-{R:7}`,
    DataDisks: [{ DiskType: "CLOUD_PREMIUM", DiskSize: 10, DeleteWithInstance: false }],
  });
  await wait(async () =>
    expect((await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet })).InstanceSet).toMatchObject([
      { InstanceState: "RUNNING", DataDisks: [{ DiskSize: 10, DeleteWithInstance: false }] },
      { InstanceState: "RUNNING", DataDisks: [{ DiskSize: 10, DeleteWithInstance: false }] },
    ]),
  );
  const { InstanceSet } = await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet });
  expect(InstanceSet.map((each: SdkAnswer) => each.InstanceName).sort()).toEqual([`${name}-7`, `${name}-8`]);
  const [{ DiskId }] = InstanceSet[0].DataDisks;
  const shows = (view: object) =>
    wait(async () => expect((await ask("cbs:DescribeDisks", { DiskIds: [DiskId] })).DiskSet).toMatchObject([view]));
  await shows({ DiskUsage: "DATA_DISK", DiskState: "ATTACHED", Portable: true });
  await ask("cbs:ModifyDiskAttributes", { DiskIds: [DiskId], DiskName: name });
  await ask("cbs:ResizeDisk", { DiskId, DiskSize: 20 });
  await shows({ DiskName: name, DiskSize: 20, DiskState: "ATTACHED" });
  expect(await refusal("cbs:TerminateDisks", { DiskIds: [DiskId] })).toBe("UnsupportedOperation");
  await ask("cbs:DetachDisks", { DiskIds: [DiskId], InstanceId: InstanceSet[0].InstanceId });
  await shows({ DiskState: "UNATTACHED" });
  await ask("cbs:AttachDisks", { DiskIds: [DiskId], InstanceId });
  await shows({ DiskState: "ATTACHED", InstanceId });
  await ask("cbs:DetachDisks", { DiskIds: [DiskId] });
  await ask("cvm:TerminateInstances", { InstanceIds: InstanceIdSet });
  await wait(async () =>
    expect((await ask("cvm:DescribeInstances", { InstanceIds: InstanceIdSet })).TotalCount).toBe(0),
  );
  const kept: string[] = InstanceSet.map((each: SdkAnswer) => each.DataDisks[0].DiskId);
  await wait(() => ask("cbs:TerminateDisks", { DiskIds: kept }));
  await wait(async () => expect(await disks([{ Name: "disk-id", Values: kept }])).toEqual([]));
});

contract("an instance is installed anew", async () => {
  await ask("cvm:ResetInstance", { InstanceId, ImageId, LoginSettings: { KeyIds: [KeyId] } });
  await isIn("RUNNING");
  expect((await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet).toMatchObject([
    { ImageId, LoginSettings: { KeyIds: [KeyId] } },
  ]);
});

contract(
  "an instance gets another address, and what is said of its project, renewal and placement is checked",
  async () => {
    const InstanceIds = [InstanceId];
    await ask("cvm:ModifyInstancesProject", { InstanceIds, ProjectId: 0 });
    await isIn("RUNNING");
    const [{ PrivateIpAddresses }] = (await ask("cvm:DescribeInstances", { InstanceIds })).InstanceSet;
    const VirtualPrivateCloud = { VpcId, SubnetId, PrivateIpAddresses: ["10.0.1.200"] };
    await ask("cvm:ModifyInstancesVpcAttribute", { InstanceIds, VirtualPrivateCloud });
    await isIn("RUNNING");
    const [{ PrivateIpAddresses: now }] = (await ask("cvm:DescribeInstances", { InstanceIds })).InstanceSet;
    expect(now).toContain("10.0.1.200");
    expect(now).toHaveLength(PrivateIpAddresses.length);
    expect(await refusal("cvm:ModifyInstancesRenewFlag", { InstanceIds, RenewFlag: "NOTIFY_AND_AUTO_RENEW" })).toBe(
      "UnsupportedOperation.InstanceChargeType",
    );
    expect(
      await refusal("cvm:ModifyInstancesDisasterRecoverGroup", { InstanceIds, DisasterRecoverGroupId: group }),
    ).toBe("FailedOperation.AlreadyInDisasterRecoverGroup");
  },
);

contract("a key pair is taken from an instance and given back", async () => {
  const change = { InstanceIds: [InstanceId], KeyIds: [KeyId] };
  const instances = async () => (await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).InstanceSet;
  expect(await refusal("cvm:DisassociateInstancesKeyPairs", change)).toBe("UnsupportedOperation.InstanceStateRunning");
  await ask("cvm:DisassociateInstancesKeyPairs", { ...change, ForceStop: true });
  await isIn("RUNNING");
  expect((await instances())[0].LoginSettings?.KeyIds ?? []).toEqual([]);
  await ask("cvm:AssociateInstancesKeyPairs", { ...change, ForceStop: true });
  await isIn("RUNNING");
  expect(await instances()).toMatchObject([{ LoginSettings: { KeyIds: [KeyId] } }]);
});

contract("everything goes", async () => {
  await wait(() => ask("vpc:DeleteHaVip", { HaVipId }));
  await ask("vpc:DeleteNetworkInterface", { NetworkInterfaceId: parking });
  await ask("cvm:TerminateInstances", { InstanceIds: [InstanceId] });
  await wait(async () =>
    expect((await ask("cvm:DescribeInstances", { InstanceIds: [InstanceId] })).TotalCount).toBe(0),
  );
  await ask("cvm:DeleteKeyPairs", { KeyIds: [KeyId] });
  await ask("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: [group] });
  await wait(() => ask("vpc:ReleaseAddresses", { AddressIds: [AddressId] }));
  await ask("cam:DetachRolePolicy", { DetachRoleId: RoleId, PolicyId });
  await ask("cam:DeletePolicy", { PolicyId: [PolicyId] });
  await ask("cam:DeleteRole", { RoleId });
  await wait(() => ask("vpc:DeleteSecurityGroup", { SecurityGroupId }));
  await wait(() => ask("vpc:DeleteSubnet", { SubnetId }));
  await wait(() => ask("vpc:DeleteVpc", { VpcId }));
  expect(await refusal("vpc:DeleteVpc", { VpcId })).toBe("ResourceNotFound");
});

contract("every action was called", async () => {
  expect(actions.map(({ service, action }) => `${service}:${action}`).filter((each) => !called.has(each))).toEqual([]);
});
