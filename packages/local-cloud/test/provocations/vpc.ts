import {
  filter,
  ids,
  noFilter,
  type Provocation,
  type Provocations,
  tags,
  tooLong,
  tooManyTags,
} from "./provocation.ts";

const vpc = { VpcName: "v", CidrBlock: "10.2.0.0/16" };
const subnet = { VpcId: "vpc-11111111", SubnetName: "s", CidrBlock: "10.0.3.0/24", Zone: "ap-singapore-1" };
const eni = { VpcId: "vpc-11111111", SubnetId: "subnet-11111111", NetworkInterfaceName: "e" };
const haVip = { HaVipName: "h", VpcId: "vpc-11111111", SubnetId: "subnet-11111111" };
const address = (PrivateIpAddress: string, more: object = {}) => ({
  PrivateIpAddresses: [{ PrivateIpAddress, ...more }],
});
const addresses = (...all: string[]) => ({ PrivateIpAddresses: all.map((each) => ({ PrivateIpAddress: each })) });
/** Eleven of them, which is one more than a call takes. */
const eleven = addresses(...Array.from({ length: 11 }, (_, index) => `10.0.1.${50 + index}`));

/** Tags that resources of VPC are not made with. */
const wrongTags = (body: object): Record<string, Provocation> => ({
  "InvalidParameterValue.TagDuplicateKey": { ...body, ...tags(["k", "v"], ["k", "w"]) },
  "InvalidParameterValue.TagInvalidKey": { ...body, ...tags(["", "v"]) },
  "InvalidParameterValue.TagInvalidKeyLen": { ...body, ...tags([tooLong, "v"]) },
  "InvalidParameterValue.TagInvalidVal": { ...body, ...tags(["k", tooLong + tooLong]) },
  "LimitExceeded.TagKeyPerResourceExceeded": { ...body, ...tooManyTags },
  "UnsupportedOperation.TagSystemReservedTagKey": { ...body, ...tags(["qcloud", "v"]) },
});

/** What every Describe action of VPC refuses. @param name - of the parameter with the ids @param prefix - of an id */
const query = (name: string, prefix: string): Record<string, Provocation> => ({
  "InvalidParameter.Coexist": { [name]: ids(prefix, 1), ...noFilter },
  "InvalidParameter.FilterInvalidKey": noFilter,
  "InvalidParameterValue.LimitExceeded": { [name]: ids(prefix, 101) },
  "InvalidParameterValue.Malformed": { [name]: ["x"] },
  "InvalidParameterValue.Range": { Limit: 101 },
});

/** An id that is malformed and one that is not there. */
const wrongId = (name: string, prefix: string, body: object = {}): Record<string, Provocation> => ({
  "InvalidParameterValue.Malformed": { ...body, [name]: "x" },
  ResourceNotFound: { ...body, [name]: `${prefix}-99999999` },
});

const association = (InstanceId: string, more: object = {}) => ({
  HaVipAssociationSet: [{ HaVipId: "havip-11111111", InstanceId, ...more }],
});

/** What both actions on the associations of a HAVIP refuse. */
const associations: Record<string, Provocation> = {
  InvalidParameterValue: association("ins-aaaaaaaa", { InstanceType: "LB" }),
  "InvalidParameterValue.Malformed": { HaVipAssociationSet: [{ HaVipId: "x", InstanceId: "ins-aaaaaaaa" }] },
  LimitExceeded: { HaVipAssociationSet: Array.from({ length: 11 }, () => association("x").HaVipAssociationSet[0]) },
  MissingParameter: { HaVipAssociationSet: [] },
  ResourceNotFound: association("ins-99999999"),
};

const migration = (more: object = {}) => ({
  SourceNetworkInterfaceId: "eni-parking0",
  DestinationNetworkInterfaceId: "eni-aaaaaaaa",
  PrivateIpAddress: "10.0.1.100",
  ...more,
});

const rule = { Protocol: "TCP", Port: "80", CidrBlock: "10.0.0.0/8", Action: "ACCEPT" };

/** Gives a security group these rules. */
const rules =
  (...Ingress: object[]): Provocation =>
  async (world) => ({ SecurityGroupId: await world.securityGroup(), SecurityGroupPolicySet: { Ingress } });

/** What is refused in VPCs, subnets, ENIs, HAVIPs and security groups. */
export const vpcProvocations: Provocations = {
  "vpc:CreateVpc": {
    ...wrongTags(vpc),
    "InvalidParameterValue.LimitExceeded": {
      ...vpc,
      DnsServers: ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"],
    },
    "InvalidParameterValue.Malformed": { ...vpc, CidrBlock: "x" },
    "InvalidParameterValue.TooLong": { ...vpc, VpcName: tooLong },
    LimitExceeded: vpc,
    MissingParameter: { VpcName: "v" },
    UnauthorizedOperation: async (world) => {
      await world.becomeNode();
      return vpc;
    },
    UnsupportedOperation: { ...vpc, DomainName: "example.com" },
  },
  "vpc:DescribeVpcs": { ...query("VpcIds", "vpc"), UnsupportedOperation: { MaxResults: "5" } },
  "vpc:ModifyVpcAttribute": {
    ...wrongId("VpcId", "vpc"),
    "InvalidParameterValue.LimitExceeded": {
      VpcId: "vpc-11111111",
      DnsServers: ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"],
    },
    "InvalidParameterValue.TooLong": { VpcId: "vpc-11111111", VpcName: tooLong },
    UnauthorizedOperation: async (world) => {
      await world.becomeNode();
      return { VpcId: "vpc-11111111", VpcName: "w" };
    },
  },
  "vpc:DeleteVpc": { ...wrongId("VpcId", "vpc"), ResourceInUse: { VpcId: "vpc-11111111" } },
  "vpc:CreateSubnet": {
    ...wrongTags(subnet),
    InvalidParameter: { ...subnet, VpcId: 1 },
    InvalidParameterValue: { ...subnet, Zone: "ap-tokyo-1" },
    "InvalidParameterValue.Malformed": { ...subnet, CidrBlock: "10.0.3.1/24" },
    "InvalidParameterValue.SubnetConflict": { ...subnet, CidrBlock: "10.0.1.128/25" },
    "InvalidParameterValue.SubnetRange": { ...subnet, CidrBlock: "10.1.0.0/24" },
    "InvalidParameterValue.TooLong": { ...subnet, SubnetName: tooLong },
    LimitExceeded: async (world) => {
      await world.ask("vpc:CreateSubnet", subnet);
      return { ...subnet, CidrBlock: "10.0.4.0/24" };
    },
    MissingParameter: { VpcId: "vpc-11111111" },
    ResourceNotFound: { ...subnet, VpcId: "vpc-99999999" },
  },
  "vpc:DescribeSubnets": { ...query("SubnetIds", "subnet"), UnsupportedOperation: { MaxResults: "5" } },
  "vpc:ModifySubnetAttribute": {
    ...wrongId("SubnetId", "subnet"),
    "InvalidParameterValue.TooLong": { SubnetId: "subnet-11111111", SubnetName: tooLong },
  },
  "vpc:DeleteSubnet": { ...wrongId("SubnetId", "subnet"), ResourceInUse: { SubnetId: "subnet-11111111" } },
  "vpc:DescribeRouteTables": { ...query("RouteTableIds", "rtb"), UnsupportedOperation: { MaxResults: "5" } },
  "vpc:DescribeUsedIpAddress": { "InvalidParameterValue.Malformed": { VpcId: "x" } },
  "vpc:CreateNetworkInterface": {
    ...wrongTags(eni),
    InvalidParameterValue: {
      ...eni,
      PrivateIpAddresses: ["10.0.1.50", "10.0.1.51"].map((PrivateIpAddress) => ({ PrivateIpAddress, Primary: true })),
    },
    "InvalidParameterValue.LimitExceeded": { ...eni, ...eleven },
    "InvalidParameterValue.Malformed": { ...eni, VpcId: "x" },
    "InvalidParameterValue.Range": { ...eni, ...address("10.0.2.50") },
    "InvalidParameterValue.Reserved": { ...eni, ...address("10.0.1.255") },
    "InvalidParameterValue.TooLong": { ...eni, NetworkInterfaceName: tooLong },
    LimitExceeded: { ...eni, SecondaryPrivateIpAddressCount: 5 },
    MissingParameter: { VpcId: "vpc-11111111" },
    ResourceInUse: { ...eni, ...address("10.0.1.11") },
    "ResourceInsufficient.Subnet": (world) => {
      const small = { subnetId: "subnet-44444444", vpcId: "vpc-11111111", cidrBlock: "10.0.9.0/29" };
      world.cloud.seed.subnet({ ...small, zone: "ap-singapore-1" });
      return { ...eni, SubnetId: "subnet-44444444", SecondaryPrivateIpAddressCount: 5 };
    },
    ResourceNotFound: { ...eni, SubnetId: "subnet-99999999" },
    UnsupportedOperation: { ...eni, QosLevel: "PT" },
  },
  "vpc:DescribeNetworkInterfaces": query("NetworkInterfaceIds", "eni"),
  "vpc:ModifyNetworkInterfaceAttribute": {
    ...wrongId("NetworkInterfaceId", "eni"),
    "InvalidParameterValue.TooLong": { NetworkInterfaceId: "eni-aaaaaaaa", NetworkInterfaceName: tooLong },
    UnsupportedOperation: { NetworkInterfaceId: "eni-aaaaaaaa", TrunkingFlag: "Enable" },
  },
  "vpc:DeleteNetworkInterface": {
    ...wrongId("NetworkInterfaceId", "eni"),
    "UnsupportedOperation.InvalidState": { NetworkInterfaceId: "eni-aaaaaaaa" },
  },
  "vpc:AssignPrivateIpAddresses": {
    ...wrongId("NetworkInterfaceId", "eni", address("10.0.1.50")),
    "InvalidParameterValue.DuplicatePara": {
      NetworkInterfaceId: "eni-aaaaaaaa",
      ...addresses("10.0.1.50", "10.0.1.50"),
    },
    "InvalidParameterValue.LimitExceeded": { NetworkInterfaceId: "eni-aaaaaaaa", ...eleven },
    "InvalidParameterValue.Range": { NetworkInterfaceId: "eni-aaaaaaaa", ...address("10.0.2.50") },
    "InvalidParameterValue.Reserved": { NetworkInterfaceId: "eni-aaaaaaaa", ...address("10.0.1.255") },
    LimitExceeded: { NetworkInterfaceId: "eni-aaaaaaaa", SecondaryPrivateIpAddressCount: 6 },
    MissingParameter: { NetworkInterfaceId: "eni-aaaaaaaa" },
    ResourceInUse: { NetworkInterfaceId: "eni-aaaaaaaa", ...address("10.0.1.12") },
    "ResourceInsufficient.Subnet": (world) => {
      const small = { subnetId: "subnet-44444444", vpcId: "vpc-11111111", cidrBlock: "10.0.9.0/29" };
      world.cloud.seed.subnet({ ...small, zone: "ap-singapore-1" });
      world.cloud.seed.networkInterface({
        networkInterfaceId: "eni-small000",
        subnetId: small.subnetId,
        privateIp: "10.0.9.2",
      });
      return { NetworkInterfaceId: "eni-small000", SecondaryPrivateIpAddressCount: 6 };
    },
    UnsupportedOperation: { NetworkInterfaceId: "eni-aaaaaaaa", ...address("10.0.1.50", { Primary: true }) },
    "UnsupportedOperation.MutexOperationTaskRunning": async (world) => {
      await world.ask("vpc:AssignPrivateIpAddresses", { NetworkInterfaceId: "eni-bbbbbbbb", ...address("10.0.1.50") });
      return { NetworkInterfaceId: "eni-aaaaaaaa", ...address("10.0.1.50") };
    },
  },
  "vpc:UnassignPrivateIpAddresses": {
    ...wrongId("NetworkInterfaceId", "eni", address("10.0.1.100")),
    "InvalidParameterValue.DuplicatePara": {
      NetworkInterfaceId: "eni-parking0",
      ...addresses("10.0.1.100", "10.0.1.100"),
    },
    "InvalidParameterValue.LimitExceeded": { NetworkInterfaceId: "eni-parking0", ...eleven },
    UnsupportedOperation: { NetworkInterfaceId: "eni-parking0", ...address("10.0.1.101") },
    "UnsupportedOperation.AttachmentNotFound": { NetworkInterfaceId: "eni-parking0", ...address("10.0.1.99") },
    "UnsupportedOperation.MutexOperationTaskRunning": async (world) => {
      await world.ask("vpc:MigratePrivateIpAddress", migration());
      return { NetworkInterfaceId: "eni-parking0", ...address("10.0.1.100") };
    },
  },
  "vpc:MigratePrivateIpAddress": {
    "InvalidParameterValue.Malformed": migration({ PrivateIpAddress: "x" }),
    LimitExceeded: async (world) => {
      const full = addresses("10.0.1.50", "10.0.1.51", "10.0.1.52", "10.0.1.53");
      await world.ask("vpc:AssignPrivateIpAddresses", { NetworkInterfaceId: "eni-aaaaaaaa", ...full });
      return migration();
    },
    ResourceNotFound: migration({ DestinationNetworkInterfaceId: "eni-99999999" }),
    "UnauthorizedOperation.AttachmentNotFound": migration({ PrivateIpAddress: "10.0.1.99" }),
    "UnauthorizedOperation.PrimaryIp": migration({ PrivateIpAddress: "10.0.1.101" }),
    UnsupportedOperation: migration({ DestinationNetworkInterfaceId: "eni-parking0" }),
    "UnsupportedOperation.MutexOperationTaskRunning": async (world) => {
      await world.ask("vpc:MigratePrivateIpAddress", migration());
      return migration();
    },
  },
  "vpc:DescribeVpcTaskResult": {
    ResourceNotFound: { TaskId: "no-such-task" },
    UnauthorizedOperation: async (world) => {
      world.cloud.assume({ "describe-vpc-task-result": "denied" });
      await world.becomeNode();
      return { TaskId: "no-such-task" };
    },
  },
  "vpc:CreateHaVip": {
    InvalidParameter: { ...haVip, HaVipName: 1 },
    InvalidParameterValue: {
      ...haVip,
      HaVipAssociationSet: [{ InstanceId: "ins-aaaaaaaa", InstanceType: "LB" }],
    },
    "InvalidParameterValue.Malformed": { ...haVip, Vip: "x" },
    "InvalidParameterValue.Range": { ...haVip, Vip: "10.0.2.50" },
    "InvalidParameterValue.Reserved": { ...haVip, Vip: "10.0.1.255" },
    "InvalidParameterValue.TooLong": { ...haVip, HaVipName: tooLong },
    LimitExceeded: async (world) => {
      await world.ask("vpc:CreateHaVip", haVip);
      return haVip;
    },
    ResourceInUse: { ...haVip, Vip: "10.0.1.11" },
    ResourceInsufficient: (world) => {
      const small = { subnetId: "subnet-44444444", vpcId: "vpc-11111111", cidrBlock: "10.0.9.0/29" };
      world.cloud.seed.subnet({ ...small, zone: "ap-singapore-1" });
      const [first = "", ...rest] = [2, 3, 4, 5, 6].map((host) => `10.0.9.${host}`);
      world.cloud.seed.networkInterface({ subnetId: small.subnetId, privateIp: first, secondaryPrivateIps: rest });
      return { ...haVip, SubnetId: small.subnetId };
    },
    ResourceNotFound: { ...haVip, SubnetId: "subnet-99999999" },
    UnsupportedOperation: { ...haVip, NetworkInterfaceId: "eni-aaaaaaaa" },
  },
  "vpc:DescribeHaVips": query("HaVipIds", "havip"),
  "vpc:ModifyHaVipAttribute": {
    ...wrongId("HaVipId", "havip"),
    InvalidParameter: { HaVipId: 1 },
    "InvalidParameterValue.TooLong": { HaVipId: "havip-11111111", HaVipName: tooLong },
  },
  "vpc:DeleteHaVip": {
    ...wrongId("HaVipId", "havip"),
    InvalidParameter: { HaVipId: 1 },
    UnsupportedOperation: (world) => {
      world.cloud.seed.bindAddress({ addressId: "eip-22222222", haVipId: "havip-11111111" });
      return { HaVipId: "havip-11111111" };
    },
  },
  "vpc:AssociateHaVipInstance": {
    ...associations,
    "InvalidParameterValue.DuplicatedHaVipAssociations": async (world) => {
      await world.ask("vpc:AssociateHaVipInstance", association("ins-aaaaaaaa"));
      return association("ins-aaaaaaaa");
    },
    "InvalidParameterValue.ParameterMismatch": (world) =>
      association(world.instance({ subnetId: "subnet-22222222", privateIp: "10.0.2.11" })),
  },
  "vpc:DisassociateHaVipInstance": associations,
  "vpc:HaVipAssociateAddressIp": {
    ...wrongId("HaVipId", "havip", { AddressIp: "203.0.113.20" }),
    "UnsupportedOperation.BindEIP": { HaVipId: "havip-11111111", AddressIp: "203.0.113.10" },
    "UnsupportedOperation.MutexOperationTaskRunning": async (world) => {
      const body = { HaVipId: "havip-11111111", AddressIp: "203.0.113.20" };
      await world.ask("vpc:HaVipAssociateAddressIp", body);
      return body;
    },
  },
  "vpc:HaVipDisassociateAddressIp": {
    ...wrongId("HaVipId", "havip"),
    "UnsupportedOperation.MutexOperationTaskRunning": async (world) => {
      await world.ask("vpc:HaVipAssociateAddressIp", { HaVipId: "havip-11111111", AddressIp: "203.0.113.20" });
      return { HaVipId: "havip-11111111" };
    },
    "UnsupportedOperation.UnbindEIP": { HaVipId: "havip-11111111" },
  },
  "vpc:CreateSecurityGroup": {
    ...wrongTags({ GroupName: "g", GroupDescription: "g" }),
    InvalidParameter: { GroupName: 1 },
    "InvalidParameterValue.TooLong": { GroupName: tooLong },
    LimitExceeded: async (world) => {
      for (let count = 0; count < 3; count += 1) await world.securityGroup();
      return { GroupName: "g" };
    },
    MissingParameter: {},
    ResourceNotFound: { GroupName: "g", ProjectId: "7" },
  },
  "vpc:DescribeSecurityGroups": {
    ...query("SecurityGroupIds", "sg"),
  },
  "vpc:DescribeSecurityGroupAssociationStatistics": {
    "InvalidParameterValue.Malformed": { SecurityGroupIds: ["x"] },
    ResourceNotFound: { SecurityGroupIds: ids("sg", 1) },
  },
  "vpc:ModifySecurityGroupAttribute": {
    ...wrongId("SecurityGroupId", "sg"),
    "InvalidParameterValue.TooLong": async (world) => ({
      SecurityGroupId: await world.securityGroup(),
      GroupName: tooLong,
    }),
  },
  "vpc:DescribeSecurityGroupPolicies": {
    ...wrongId("SecurityGroupId", "sg"),
    UnsupportedOperation: { SecurityGroupId: "sg-99999999", ...filter("direction", "INGRESS") },
  },
  "vpc:ModifySecurityGroupPolicies": {
    "InvalidParameter.Coexist": rules({ ...rule, SecurityGroupId: "sg-99999999" }),
    "InvalidParameterValue.Empty": rules({ Action: "ACCEPT" }),
    "InvalidParameterValue.Malformed": rules({ ...rule, CidrBlock: "x" }),
    "InvalidParameterValue.Range": rules({ ...rule, Port: "70000" }),
    "InvalidParameterValue.TooLong": rules({ ...rule, PolicyDescription: tooLong }),
    LimitExceeded: rules(rule, { ...rule, Port: "81" }, { ...rule, Port: "82" }),
    ResourceNotFound: { SecurityGroupId: "sg-99999999", SecurityGroupPolicySet: {} },
    "UnsupportedOperation.DuplicatePolicy": rules(rule, rule),
  },
  "vpc:DeleteSecurityGroup": {
    "InvalidSecurityGroupID.Malformed": { SecurityGroupId: "x" },
    ResourceInUse: async (world) => {
      const SecurityGroupId = await world.securityGroup();
      world.instance({ securityGroupIds: [SecurityGroupId] });
      return { SecurityGroupId };
    },
    ResourceNotFound: { SecurityGroupId: "sg-99999999" },
  },
};
