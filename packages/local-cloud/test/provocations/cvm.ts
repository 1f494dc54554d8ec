import {
  filter,
  ids,
  noFilter,
  type Provocation,
  type Provocations,
  tags,
  tooLong,
  tooManyTags,
  type World,
} from "./provocation.ts";

const machine = {
  Placement: { Zone: "ap-singapore-1" },
  ImageId: "img-487zeit5",
  InstanceType: "S5.MEDIUM2",
  VirtualPrivateCloud: { VpcId: "vpc-11111111", SubnetId: "subnet-11111111" },
};
const inSubnet = (more: object) => ({
  ...machine,
  VirtualPrivateCloud: { ...machine.VirtualPrivateCloud, ...more },
});
const tagged = (specification: object) => ({ TagSpecification: [{ ResourceType: "instance", ...specification }] });

/** The codes for the states that an operation does not go with. */
const stateCodes = {
  PENDING: "UnsupportedOperation.InstanceStatePending",
  RUNNING: "UnsupportedOperation.InstanceStateRunning",
  STOPPING: "UnsupportedOperation.InstanceStateStopping",
  STOPPED: "UnsupportedOperation.InstanceStateStopped",
  STARTING: "UnsupportedOperation.InstanceStateStarting",
  REBOOTING: "UnsupportedOperation.InstanceStateRebooting",
  TERMINATING: "UnsupportedOperation.InstanceStateTerminating",
  SHUTDOWN: "UnsupportedOperation.InstanceStateShutdown",
} as const;
type State = keyof typeof stateCodes;

/** The states in which something is under way. */
const busy: readonly State[] = ["PENDING", "STOPPING", "STARTING", "REBOOTING", "TERMINATING"];

/** Those, and that of an instance whose paid time was given up. */
const unavailable: readonly State[] = [...busy, "SHUTDOWN"];

/** An operation on an instance in each of these states. @param name - the parameter with its id, or with a list of it */
const inState = (body: object, states: readonly State[], name = "InstanceIds"): Record<string, Provocation> =>
  Object.fromEntries(
    states.map((instanceState) => [
      stateCodes[instanceState],
      (world: World) => ({ ...body, ...named(name, world.instance({ instanceState })) }),
    ]),
  );

const named = (name: string, id: string) => ({ [name]: name.endsWith("s") ? [id] : id });

/** Instances that are not there, malformed, or in the midst of an operation that no state shows. */
const wrongInstance = (body: object, name = "InstanceIds"): Record<string, Provocation> => ({
  "InvalidInstanceId.Malformed": { ...body, ...named(name, "x") },
  "InvalidInstanceId.NotFound": { ...body, ...named(name, "ins-99999999") },
  "OperationDenied.InstanceOperationInProgress": async (world) => {
    const InstanceIds = [world.instance({ instanceState: "STOPPED" })];
    await world.ask("cvm:AssociateInstancesKeyPairs", { InstanceIds, KeyIds: ["skey-11111111"] });
    return { ...body, ...named(name, InstanceIds[0] ?? "") };
  },
});

/** None, or too many of them. */
const wrongCount = (body: object): Record<string, Provocation> => ({
  "InvalidParameterValue.LimitExceeded": { ...body, InstanceIds: ids("ins", 101) },
  MissingParameter: { ...body, InstanceIds: [] },
});

/** An instance that was stopped so that it costs nothing. */
const notCharged =
  (body: object, name = "InstanceIds"): Provocation =>
  async (world) => {
    const id = world.instance({ instanceState: "STOPPED" });
    const instance = world.cloud.state.instances.get(id);
    Object.assign(instance ?? {}, { stoppedMode: "STOP_CHARGING" });
    return { ...body, ...named(name, id) };
  };

const keys = { KeyIds: ["skey-11111111"] };

/** What both actions on the key pairs of instances refuse. */
const keyChange: Record<string, Provocation> = {
  ...wrongInstance(keys),
  ...wrongCount(keys),
  ...inState(keys, [...unavailable, "RUNNING"]),
  "InvalidKeyPairId.Malformed": { InstanceIds: ["ins-aaaaaaaa"], KeyIds: ["x"] },
  "InvalidKeyPairId.NotFound": { InstanceIds: ["ins-aaaaaaaa"], KeyIds: ["skey-99999999"] },
  "UnsupportedOperation.StoppedModeStopCharging": notCharged(keys),
};

const sixFilters = { Filters: Array.from({ length: 11 }, () => ({ Name: "zone", Values: ["x"] })) };
const keyPair = { KeyName: "two", PublicKey: "ssh-ed25519 BBBB", ProjectId: 0 };
const PREPAID = { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } };

const RENEW = { RenewFlag: "NOTIFY_AND_AUTO_RENEW" };
const toGroup = { DisasterRecoverGroupId: "ps-99999999" };

/** A move of the pair's first instance within its subnet, changed. */
const inPlace = (more: object) => ({
  InstanceIds: ["ins-aaaaaaaa"],
  VirtualPrivateCloud: { VpcId: "vpc-11111111", SubnetId: "subnet-11111111", ...more },
});
const toOtherSubnet = { VirtualPrivateCloud: { VpcId: "vpc-11111111", SubnetId: "subnet-22222222" } };

const disk = { SystemDisk: { DiskSize: 100 } };

/** What is refused about instances, their disks, images, zones, key pairs and placement groups. */
export const cvmProvocations: Provocations = {
  "cvm:RunInstances": {
    "AuthFailure.CamRoleNameAuthenticateFailed": { ...machine, CamRoleName: "no-such-role" },
    "FailedOperation.DisasterRecoverGroupNotFound": { ...machine, DisasterRecoverGroupIds: ["ps-99999999"] },
    "FailedOperation.IllegalTagKey": { ...machine, ...tagged(tags(["", "v"])) },
    "FailedOperation.IllegalTagValue": { ...machine, ...tagged(tags(["k", tooLong + tooLong])) },
    "FailedOperation.NoAvailableIpAddressCountInSubnet": (world) => {
      const small = { subnetId: "subnet-44444444", vpcId: "vpc-11111111", cidrBlock: "10.0.9.0/29" };
      world.cloud.seed.subnet({ ...small, zone: "ap-singapore-1" });
      const [first = "", ...rest] = [2, 3, 4, 5, 6].map((host) => `10.0.9.${host}`);
      world.cloud.seed.networkInterface({ subnetId: small.subnetId, privateIp: first, secondaryPrivateIps: rest });
      return inSubnet({ SubnetId: small.subnetId });
    },
    "FailedOperation.TagKeyReserved": { ...machine, ...tagged(tags(["qcloud", "v"])) },
    "InvalidImageId.Malformed": { ...machine, ImageId: "x" },
    "InvalidImageId.NotFound": { ...machine, ImageId: "img-99999999" },
    "InvalidInstanceName.TooLong": { ...machine, InstanceName: tooLong },
    "InvalidInstanceType.Malformed": { ...machine, InstanceType: "x" },
    "InvalidKeyPairId.Malformed": { ...machine, LoginSettings: { KeyIds: ["x"] } },
    "InvalidParameterValue.DuplicateTags": { ...machine, ...tagged(tags(["k", "v"], ["k", "w"])) },
    "InvalidParameterValue.IPAddressMalformed": inSubnet({ PrivateIpAddresses: ["x"] }),
    "InvalidParameterValue.InstanceTypeNotFound": { ...machine, InstanceType: "Z9.HUGE1" },
    "InvalidParameterValue.InvalidUserDataFormat": { ...machine, UserData: "no base64" },
    "InvalidParameterValue.KeyPairNotFound": { ...machine, LoginSettings: { KeyIds: ["skey-99999999"] } },
    "InvalidParameterValue.Range": { ...machine, InstanceCount: 501 },
    "InvalidParameter.ParameterConflict": {
      ...machine,
      LoginSettings: { KeyIds: ["skey-11111111"], KeepImageLogin: "TRUE" },
    },
    InvalidParameterValue: { ...inSubnet({ PrivateIpAddresses: ["10.0.1.50"] }), InstanceCount: 2 },
    "InvalidParameterValue.CloudSsdDataDiskSizeTooSmall": {
      ...machine,
      DataDisks: [{ DiskType: "CLOUD_SSD", DiskSize: 10 }],
    },
    "InvalidParameterValue.Duplicate": {
      ...inSubnet({ PrivateIpAddresses: ["10.0.1.50", "10.0.1.50"] }),
      InstanceCount: 2,
    },
    "InvalidParameterValue.LimitExceeded": {
      ...machine,
      DataDisks: Array.from({ length: 21 }, () => ({ DiskType: "CLOUD_PREMIUM", DiskSize: 10 })),
    },
    "InvalidProjectId.NotFound": { ...machine, Placement: { ...machine.Placement, ProjectId: 7 } },
    "InvalidParameterValue.SubnetIdMalformed": inSubnet({ SubnetId: "x" }),
    "InvalidParameterValue.SubnetIdZoneIdNotMatch": { ...machine, Placement: { Zone: "ap-singapore-2" } },
    "InvalidParameterValue.SubnetNotExist": inSubnet({ SubnetId: "subnet-99999999" }),
    "InvalidParameterValue.TagQuotaLimitExceeded": { ...machine, ...tagged(tooManyTags) },
    "InvalidParameterValue.TooLarge": { ...machine, UserData: "A".repeat(16_388) },
    "InvalidParameterValue.VpcIdMalformed": inSubnet({ VpcId: "x" }),
    "InvalidParameterValue.VpcIdNotExist": inSubnet({ VpcId: "vpc-99999999" }),
    "InvalidParameterValue.VpcIdSubnetIdNotMatch": inSubnet({ VpcId: "vpc-22222222" }),
    "InvalidSecurityGroupId.NotFound": { ...machine, SecurityGroupIds: ["sg-99999999"] },
    "InvalidZone.MismatchRegion": { ...machine, Placement: { Zone: "ap-tokyo-1" } },
    MissingParameter: { ...machine, ImageId: undefined },
    "ResourceInsufficient.DisasterRecoverGroupCvmQuota": async (world) => {
      const placementGroupId = await world.placementGroup();
      world.instance({ placementGroupId });
      return { ...machine, DisasterRecoverGroupIds: [placementGroupId] };
    },
    "ResourcesSoldOut.SpecifiedInstanceType": { ...machine, InstanceType: "S5.LARGE8" },
    InvalidPeriod: { ...machine, ...PREPAID, InstanceChargePrepaid: { Period: 13 } },
    UnsupportedOperation: { ...machine, DryRun: true },
    "UnsupportedOperation.InvalidDisk": { ...machine, SystemDisk: { DiskType: "FLOPPY" } },
    VpcAddrNotInSubNet: inSubnet({ PrivateIpAddresses: ["10.0.2.50"] }),
    VpcIpIsUsed: inSubnet({ PrivateIpAddresses: ["10.0.1.11"] }),
  },
  "cvm:DescribeInstances": {
    InvalidFilter: noFilter,
    "InvalidFilterValue.LimitExceeded": sixFilters,
    "InvalidInstanceId.Malformed": { InstanceIds: ["x"] },
    InvalidParameter: { InstanceIds: 1 },
    "InvalidParameterValue.LimitExceeded": { InstanceIds: ids("ins", 101) },
  },
  "cvm:DescribeInstancesAttributes": {
    "InvalidInstanceId.NotFound": { InstanceIds: ["ins-99999999"], Attributes: ["UserData"] },
  },
  "cvm:ModifyInstancesAttribute": {
    ...wrongInstance({ InstanceName: "n" }),
    ...wrongCount({ InstanceName: "n" }),
    ...inState({ InstanceName: "n" }, unavailable),
    "AuthFailure.CamRoleNameAuthenticateFailed": { InstanceIds: ["ins-aaaaaaaa"], CamRoleName: "no-such-role" },
    "InvalidInstanceName.TooLong": { InstanceIds: ["ins-aaaaaaaa"], InstanceName: tooLong },
    "InvalidParameterValue.InvalidUserDataFormat": { InstanceIds: ["ins-aaaaaaaa"], UserData: "no base64" },
    "InvalidSecurityGroupId.NotFound": { InstanceIds: ["ins-aaaaaaaa"], SecurityGroups: ["sg-99999999"] },
    "LimitExceeded.AssociateUSGLimitExceeded": { InstanceIds: ["ins-aaaaaaaa"], SecurityGroups: ids("sg", 6) },
  },
  "cvm:ModifyInstancesChargeType": {
    ...wrongInstance(PREPAID),
    ...wrongCount(PREPAID),
    ...inState(PREPAID, ["REBOOTING", "SHUTDOWN", "STOPPING", "TERMINATING"]),
    InvalidParameter: { InstanceIds: 1 },
    InvalidParameterValue: { InstanceIds: ["ins-aaaaaaaa"], InstanceChargeType: "SPOTPAID" },
    InvalidPeriod: { InstanceIds: ["ins-aaaaaaaa"], ...PREPAID, InstanceChargePrepaid: { Period: 13 } },
    "UnsupportedOperation.InstanceChargeType": {
      InstanceIds: ["ins-aaaaaaaa"],
      InstanceChargeType: "POSTPAID_BY_HOUR",
    },
  },
  "cvm:StartInstances": { ...wrongInstance({}), ...wrongCount({}), ...inState({}, [...unavailable, "RUNNING"]) },
  "cvm:StopInstances": {
    ...wrongInstance({}),
    ...wrongCount({}),
    ...inState({}, [...unavailable, "STOPPED"]),
    InvalidParameterCombination: { InstanceIds: ["ins-aaaaaaaa"], ForceStop: true, StopType: "HARD" },
    InvalidParameterValue: { InstanceIds: ["ins-aaaaaaaa"], StopType: "GENTLE" },
  },
  "cvm:RebootInstances": {
    ...wrongInstance({}),
    ...wrongCount({}),
    ...inState({}, [...unavailable, "STOPPED"]),
    InvalidParameterCombination: { InstanceIds: ["ins-aaaaaaaa"], ForceReboot: true, StopType: "HARD" },
    InvalidParameterValue: { InstanceIds: ["ins-aaaaaaaa"], StopType: "GENTLE" },
  },
  "cvm:TerminateInstances": {
    ...wrongInstance({}),
    ...wrongCount({}),
    ...inState({}, busy),
    UnsupportedOperation: { InstanceIds: ["ins-aaaaaaaa"], DryRun: true },
    "UnsupportedOperation.InstancesProtected": async (world) => {
      const InstanceIds = ["ins-aaaaaaaa"];
      await world.ask("cvm:ModifyInstancesAttribute", { InstanceIds, DisableApiTermination: true });
      return { InstanceIds };
    },
  },
  "cvm:ResetInstancesType": {
    ...wrongInstance({ InstanceType: "S5.LARGE16" }),
    ...inState({ InstanceType: "S5.LARGE16" }, [
      "STOPPING",
      "STARTING",
      "REBOOTING",
      "TERMINATING",
      "SHUTDOWN",
      "RUNNING",
    ]),
    ...wrongCount({ InstanceType: "S5.LARGE16" }),
    "InvalidInstanceType.Malformed": { InstanceIds: ["ins-aaaaaaaa"], InstanceType: "x" },
    InvalidParameter: { InstanceIds: 1 },
    "ResourceNotFound.InvalidZoneInstanceType": { InstanceIds: ["ins-aaaaaaaa"], InstanceType: "Z9.HUGE1" },
    "ResourcesSoldOut.SpecifiedInstanceType": { InstanceIds: ["ins-aaaaaaaa"], InstanceType: "S5.LARGE8" },
    "UnsupportedOperation.StoppedModeStopCharging": notCharged({ InstanceType: "S5.LARGE16" }),
    "UnsupportedOperation.SystemDiskType": (world) => ({
      InstanceIds: [world.instance({ instanceState: "STOPPED", systemDiskType: "LOCAL_SSD" })],
      InstanceType: "S5.LARGE16",
    }),
  },
  "cvm:ResizeInstanceDisks": {
    ...wrongInstance(disk, "InstanceId"),
    ...inState(disk, [...unavailable, "RUNNING"], "InstanceId"),
    InvalidParameterValue: (world) => ({
      InstanceId: world.instance({ instanceState: "STOPPED" }),
      SystemDisk: { DiskSize: 20 },
    }),
    MissingParameter: disk,
    "MissingParameter.AtLeastOne": { InstanceId: "ins-aaaaaaaa" },
    "UnsupportedOperation.InvalidDataDisk": {
      InstanceId: "ins-aaaaaaaa",
      DataDisks: [{ DiskId: "disk-11111111", DiskSize: 100 }],
    },
    "UnsupportedOperation.StoppedModeStopCharging": notCharged(disk, "InstanceId"),
  },
  "cvm:ResetInstance": {
    ...wrongInstance({}, "InstanceId"),
    ...inState({}, unavailable, "InstanceId"),
    "InvalidImageId.Malformed": { InstanceId: "ins-aaaaaaaa", ImageId: "x" },
    "InvalidImageId.NotFound": { InstanceId: "ins-aaaaaaaa", ImageId: "img-99999999" },
    "InvalidInstance.NotSupported": (world) => ({ InstanceId: world.instance({ systemDiskType: "LOCAL_SSD" }) }),
    "InvalidKeyPairId.Malformed": { InstanceId: "ins-aaaaaaaa", LoginSettings: { KeyIds: ["x"] } },
    "InvalidParameter.ParameterConflict": {
      InstanceId: "ins-aaaaaaaa",
      LoginSettings: { KeyIds: ["skey-11111111"], KeepImageLogin: "TRUE" },
    },
    InvalidParameterValue: { InstanceId: "ins-aaaaaaaa", SystemDisk: { DiskSize: 20 } },
    "InvalidParameterValue.IllegalHostName": { InstanceId: "ins-aaaaaaaa", HostName: "-" },
    "InvalidParameterValue.InvalidUserDataFormat": { InstanceId: "ins-aaaaaaaa", UserData: "no base64" },
    "InvalidParameterValue.KeyPairNotFound": {
      InstanceId: "ins-aaaaaaaa",
      LoginSettings: { KeyIds: ["skey-99999999"] },
    },
    MissingParameter: {},
    UnsupportedOperation: { InstanceId: "ins-aaaaaaaa", SystemDisk: { DiskType: "CLOUD_SSD" } },
    "UnsupportedOperation.StoppedModeStopCharging": notCharged({}, "InstanceId"),
  },
  "cvm:ModifyInstancesRenewFlag": {
    ...wrongInstance(RENEW),
    ...inState(RENEW, ["PENDING", "STOPPING", "STARTING", "REBOOTING", "SHUTDOWN"]),
    "InvalidParameterValue.LimitExceeded": { ...RENEW, InstanceIds: ids("ins", 101) },
    InvalidParameterValue: { InstanceIds: ["ins-aaaaaaaa"], RenewFlag: "SOMETIMES" },
    "UnsupportedOperation.InstanceChargeType": { ...RENEW, InstanceIds: ["ins-aaaaaaaa"] },
  },
  "cvm:ModifyInstancesProject": {
    ...wrongInstance({ ProjectId: 0 }),
    ...wrongCount({ ProjectId: 0 }),
    "InvalidProjectId.NotFound": { InstanceIds: ["ins-aaaaaaaa"], ProjectId: 7 },
  },
  "cvm:ModifyInstancesVpcAttribute": {
    EniNotAllowedChangeSubnet: (world) => ({
      ...toOtherSubnet,
      InstanceIds: [world.instance({ secondaryPrivateIps: ["10.0.1.60"] })],
    }),
    "InvalidInstanceId.NotFound": { ...toOtherSubnet, InstanceIds: ["ins-99999999"] },
    InvalidParameterValue: inPlace({ SubnetId: "subnet-99999999" }),
    "InvalidParameterValue.IPAddressMalformed": inPlace({ PrivateIpAddresses: ["x"] }),
    "InvalidParameterValue.LimitExceeded": { ...toOtherSubnet, InstanceIds: ids("ins", 101) },
    "InvalidParameterValue.SubnetIdMalformed": inPlace({ SubnetId: "x" }),
    "InvalidParameterValue.VpcIdMalformed": inPlace({ VpcId: "x" }),
    "OperationDenied.InstanceOperationInProgress": async (world) => {
      const InstanceIds = [world.instance({ instanceState: "STOPPED" })];
      await world.ask("cvm:AssociateInstancesKeyPairs", { InstanceIds, ...keys });
      return { ...toOtherSubnet, InstanceIds };
    },
    ...inState(toOtherSubnet, unavailable),
    "UnsupportedOperation.InstanceStateRunning": {
      ...toOtherSubnet,
      InstanceIds: ["ins-aaaaaaaa"],
      ForceStop: false,
    },
    "UnsupportedOperation.ElasticNetworkInterface": (world) => {
      const instanceId = world.instance();
      world.cloud.seed.networkInterface({ instanceId, subnetId: "subnet-11111111", privateIp: "10.0.1.61" });
      return { ...toOtherSubnet, InstanceIds: [instanceId] };
    },
    "UnsupportedOperation.StoppedModeStopCharging": notCharged(toOtherSubnet),
    VpcAddrNotInSubNet: inPlace({ PrivateIpAddresses: ["10.0.2.50"] }),
    VpcIpIsUsed: inPlace({ PrivateIpAddresses: ["10.0.1.12"] }),
  },
  "cvm:ModifyInstancesDisasterRecoverGroup": {
    "FailedOperation.AlreadyInDisasterRecoverGroup": async (world) => {
      const DisasterRecoverGroupId = await world.placementGroup();
      return { InstanceIds: [world.instance({ placementGroupId: DisasterRecoverGroupId })], DisasterRecoverGroupId };
    },
    "FailedOperation.DisasterRecoverGroupNotFound": { ...toGroup, InstanceIds: ["ins-aaaaaaaa"] },
    ...wrongInstance(toGroup),
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed": {
      InstanceIds: ["ins-aaaaaaaa"],
      DisasterRecoverGroupId: "x",
    },
    "InvalidParameterValue.LimitExceeded": { ...toGroup, InstanceIds: ids("ins", 101) },
    "InvalidParameterValue.NotSupported": { InstanceIds: ["ins-aaaaaaaa"] },
    ...inState(toGroup, ["REBOOTING", "SHUTDOWN", "STOPPING"]),
    "ResourceInsufficient.DisasterRecoverGroupCvmQuota": async (world) => {
      const DisasterRecoverGroupId = await world.placementGroup();
      world.instance({ placementGroupId: DisasterRecoverGroupId });
      return { InstanceIds: ["ins-aaaaaaaa"], DisasterRecoverGroupId };
    },
    "UnsupportedOperation.StoppedModeStopCharging": notCharged(toGroup),
  },
  "cvm:DescribeImages": {
    InvalidFilter: noFilter,
    "InvalidFilterValue.LimitExceeded": sixFilters,
    "InvalidImageId.Malformed": { ImageIds: ["x"] },
    "InvalidParameterValue.LimitExceeded": { ImageIds: ids("img", 101) },
    UnsupportedOperation: { InstanceType: "S5.MEDIUM2" },
  },
  "cvm:DescribeZones": {},
  "cvm:DescribeZoneInstanceConfigInfos": {
    InvalidFilter: noFilter,
    "InvalidFilterValue.LimitExceeded": {
      Filters: Array.from({ length: 11 }, () => filter("instance-family", "S5").Filters[0]),
    },
    "InvalidInstanceType.Malformed": filter("instance-type", "x"),
    "InvalidZone.MismatchRegion": filter("zone", "ap-tokyo-1"),
  },
  "cvm:ImportKeyPair": {
    "InvalidKeyPairName.Duplicate": { ...keyPair, KeyName: "one" },
    InvalidKeyPairNameEmpty: { ...keyPair, KeyName: "" },
    InvalidKeyPairNameIncludeIllegalChar: { ...keyPair, KeyName: "a-b" },
    InvalidKeyPairNameTooLong: { ...keyPair, KeyName: tooLong },
    "InvalidPublicKey.Duplicate": { ...keyPair, PublicKey: "ssh-ed25519 AAAA" },
    "InvalidPublicKey.Malformed": { ...keyPair, PublicKey: "x" },
    MissingParameter: { KeyName: "two" },
  },
  "cvm:DescribeKeyPairs": {
    InvalidFilter: noFilter,
    "InvalidFilterValue.LimitExceeded": sixFilters,
    "InvalidKeyPairId.Malformed": { KeyIds: ["x"] },
    InvalidParameter: { KeyIds: 1 },
    "InvalidParameterValue.LimitExceeded": { KeyIds: ids("skey", 101) },
  },
  "cvm:ModifyKeyPairAttribute": {
    "InvalidKeyPairId.Malformed": { KeyId: "x" },
    "InvalidKeyPairId.NotFound": { KeyId: "skey-99999999" },
    "InvalidKeyPairName.Duplicate": (world) => {
      world.cloud.seed.keyPair({ keyName: "two", publicKey: keyPair.PublicKey });
      return { KeyId: "skey-11111111", KeyName: "two" };
    },
    InvalidParameter: { KeyId: 1 },
    MissingParameter: {},
  },
  "cvm:DeleteKeyPairs": {
    "InvalidKeyPair.LimitExceeded": (world) => {
      world.instance({ keyIds: ["skey-11111111"] });
      return { KeyIds: ["skey-11111111"] };
    },
    "InvalidKeyPairId.Malformed": { KeyIds: ["x"] },
    "InvalidKeyPairId.NotFound": { KeyIds: ["skey-99999999"] },
    MissingParameter: {},
  },
  "cvm:AssociateInstancesKeyPairs": keyChange,
  "cvm:DisassociateInstancesKeyPairs": keyChange,
  "cvm:CreateDisasterRecoverGroup": {
    "InvalidParameterValue.Range": { Name: "p", Type: "SHELF" },
    "InvalidParameterValue.TooLong": { Name: tooLong, Type: "SW" },
    "ResourceInsufficient.InsufficientGroupQuota": async (world) => {
      await world.placementGroup();
      await world.placementGroup();
      return { Name: "p", Type: "SW" };
    },
  },
  "cvm:DescribeDisasterRecoverGroups": {
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed": { DisasterRecoverGroupIds: ["x"] },
    "InvalidParameterValue.LimitExceeded": { DisasterRecoverGroupIds: ids("ps", 101) },
  },
  "cvm:ModifyDisasterRecoverGroupAttribute": {
    "InvalidParameterValue.TooLong": async (world) => ({
      DisasterRecoverGroupId: await world.placementGroup(),
      Name: tooLong,
    }),
    "ResourceNotFound.InvalidPlacementSet": { DisasterRecoverGroupId: "ps-99999999" },
  },
  "cvm:DeleteDisasterRecoverGroups": {
    "FailedOperation.PlacementSetNotEmpty": async (world) => {
      const placementGroupId = await world.placementGroup();
      world.instance({ placementGroupId });
      return { DisasterRecoverGroupIds: [placementGroupId] };
    },
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed": { DisasterRecoverGroupIds: ["x"] },
    "ResourceNotFound.InvalidPlacementSet": { DisasterRecoverGroupIds: ["ps-99999999"] },
  },
};
