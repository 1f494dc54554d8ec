import { type Core, defineAction } from "../../action.ts";
import { eipOf } from "../../addressing.ts";
import { CloudError } from "../../errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../parameters.ts";
import { type FilterTest, queryParameters, select } from "../../query.ts";
import { tagSet } from "../../resources/tags.ts";
import { removeInstance } from "../../resources/removal.ts";
import { type Instance, known, type State } from "../../state.ts";
import { instanceTypes } from "./instance-types.ts";
import { checkInstanceId, checkRunning, cvmQueryCodes, cvmService, getInstance } from "./service.ts";
import { checkUserData } from "./user-data.ts";

const filterTests = ({ state }: Core): Record<string, FilterTest<Instance>> => ({
  "instance-id": (instance, values) => values.includes(instance.instanceId),
  "instance-name": (instance, values) => values.includes(instance.instanceName),
  "instance-state": (instance, values) => values.includes(instance.instanceState),
  "vpc-id": (instance, values) => values.includes(instance.vpcId),
  "subnet-id": (instance, values) => values.includes(instance.subnetId),
  zone: (instance, values) => values.includes(known(state.subnets, instance.subnetId).zone),
  "private-ip-address": (instance, values) => values.includes(instance.privateIp),
  "security-group-id": (instance, values) => values.some((id) => instance.securityGroupIds.includes(id)),
});

/** Instances. */
export const describeInstances = defineAction(
  { ...cvmService, action: "DescribeInstances" },
  object({ InstanceIds: optional(list(string)), ...queryParameters }),
  (core, { InstanceIds: ids, ...query }) => {
    for (const id of ids ?? []) checkInstanceId(id);
    const { page, total } = select(
      core.state.instances.values(),
      { ids, ...query },
      ({ instanceId }) => instanceId,
      filterTests(core),
      cvmQueryCodes,
    );
    return { TotalCount: total, InstanceSet: page.map((instance) => instanceView(core.state, instance)) };
  },
);

/** The user data of instances. */
export const describeInstancesAttributes = defineAction(
  { ...cvmService, action: "DescribeInstancesAttributes" },
  object({ InstanceIds: list(string), Attributes: list(string) }),
  (core, { InstanceIds, Attributes }) => {
    const other = Attributes.find((attribute) => attribute !== "UserData");
    if (other !== undefined) throw new CloudError("InvalidParameterValue", `The attribute \`${other}\` is not there.`);
    const instances = InstanceIds.map((id) => getInstance(core, id));
    return {
      InstanceSet: instances.map(({ instanceId, userData }) => ({
        InstanceId: instanceId,
        Attributes: { UserData: userData },
      })),
    };
  },
);

/** Changes what instances are called and who they are: name, host name, user data, security groups, role. */
export const modifyInstancesAttribute = defineAction(
  { ...cvmService, action: "ModifyInstancesAttribute" },
  object({
    InstanceIds: list(string),
    InstanceName: optional(string),
    UserData: optional(string),
    SecurityGroups: optional(list(string)),
    CamRoleName: optional(string),
    HostName: optional(string),
    CamRoleType: unsupported,
    DisableApiTermination: unsupported,
    AutoReboot: optional(boolean),
  }),
  (core, parameters) => {
    const { InstanceIds, InstanceName, UserData, SecurityGroups, CamRoleName, HostName } = parameters;
    const instances = InstanceIds.map((id) => getInstance(core, id));
    for (const instance of instances) checkRunning(instance);
    if (UserData !== undefined) checkUserData(UserData);
    for (const id of SecurityGroups ?? []) {
      if (!core.state.securityGroups.has(id)) {
        throw new CloudError("InvalidSecurityGroupId.NotFound", `The security group \`${id}\` does not exist.`);
      }
    }
    if (CamRoleName && !core.state.roles.has(CamRoleName)) {
      throw new CloudError("AuthFailure.CamRoleNameAuthenticateFailed", `The role \`${CamRoleName}\` does not exist.`);
    }
    for (const instance of instances) {
      instance.instanceName = InstanceName ?? instance.instanceName;
      instance.hostName = HostName ?? instance.hostName;
      instance.userData = UserData ?? instance.userData;
      instance.securityGroupIds = SecurityGroups ?? instance.securityGroupIds;
      if (CamRoleName) instance.camRoleName = CamRoleName;
      else if (CamRoleName === "") delete instance.camRoleName;
    }
    return {};
  },
);

/** Ends instances that are paid by the hour, with their ENIs, addresses and disks; asynchronous. */
export const terminateInstances = defineAction(
  { ...cvmService, action: "TerminateInstances" },
  object({
    InstanceIds: list(string),
    ReleaseAddress: optional(boolean),
    ReleasePrepaidDataDisks: unsupported,
    DryRun: unsupported,
  }),
  (core, { InstanceIds, ReleaseAddress }, requestId) => {
    const instances = InstanceIds.map((id) => getInstance(core, id));
    for (const instance of instances) if (instance.instanceState !== "LAUNCH_FAILED") checkRunning(instance);
    for (const instance of instances) {
      instance.instanceState = "TERMINATING";
      instance.latestOperation = { action: "TerminateInstances", requestId, state: "OPERATING" };
    }
    core.tasks.start({
      taskId: requestId,
      action: "TerminateInstances",
      locks: InstanceIds,
      commit: () => {
        for (const instance of instances) removeInstance(core, instance, ReleaseAddress ?? false);
      },
      undo: () => {
        for (const instance of instances) {
          instance.instanceState = "RUNNING";
          instance.latestOperation.state = "FAILED";
        }
      },
    });
    return {};
  },
);

function instanceView(state: State, instance: Instance) {
  const eni = known(state.networkInterfaces, instance.networkInterfaceId);
  const publicIps = eni.privateIpAddresses
    .map(({ privateIp }) => eipOf(state, eni.networkInterfaceId, privateIp))
    .filter((eip) => eip !== undefined && eip.transition !== "BINDING")
    .map((eip) => eip?.addressIp);
  const { cpu, memory } = instanceTypes[instance.instanceType] ?? { cpu: 1, memory: 1 };
  return {
    Placement: { Zone: known(state.subnets, instance.subnetId).zone, ProjectId: 0, HostId: null, HostIds: [] },
    InstanceId: instance.instanceId,
    InstanceType: instance.instanceType,
    CPU: cpu,
    Memory: memory,
    RestrictState: "NORMAL",
    InstanceName: instance.instanceName,
    InstanceChargeType: "POSTPAID_BY_HOUR",
    SystemDisk: {
      DiskType: instance.systemDisk.diskType,
      DiskId: instance.systemDisk.diskId,
      DiskSize: instance.systemDisk.diskSize,
    },
    DataDisks: null,
    PrivateIpAddresses: eni.privateIpAddresses.map(({ privateIp }) => privateIp),
    PublicIpAddresses: publicIps.length > 0 ? publicIps : null,
    InternetAccessible: { InternetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", InternetMaxBandwidthOut: 0 },
    VirtualPrivateCloud: {
      VpcId: instance.vpcId,
      SubnetId: instance.subnetId,
      AsVpcGateway: false,
      PrivateIpAddresses: eni.privateIpAddresses.map(({ privateIp }) => privateIp),
    },
    ImageId: instance.imageId,
    RenewFlag: null,
    CreatedTime: isoTime(instance.createdAt),
    ExpiredTime: null,
    OsName: "",
    SecurityGroupIds: instance.securityGroupIds,
    LoginSettings: { KeyIds: instance.keyIds },
    InstanceState: instance.instanceState,
    Tags: tagSet(state, "cvm:instance", instance.instanceId),
    StopChargingMode: "NOT_APPLICABLE",
    Uuid: null,
    LatestOperation: instance.latestOperation.action,
    LatestOperationState: instance.latestOperation.state,
    LatestOperationRequestId: instance.latestOperation.requestId,
    DisasterRecoverGroupId: instance.placementGroupId ?? "",
    IPv6Addresses: null,
    CamRoleName: instance.camRoleName ?? "",
    HpcClusterId: "",
    DedicatedClusterId: "",
    IsolatedSource: "NOTISOLATED",
    DisableApiTermination: false,
  };
}

/** The CVM API's form of a point in time. */
export const isoTime = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
