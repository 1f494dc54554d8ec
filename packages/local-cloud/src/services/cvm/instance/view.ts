import { instanceTypes } from "../../instance-types.ts";
import { type Disk, dataDisksOf, systemDiskOf } from "../../cbs/index.ts";
import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import { eipOf, inListedOrder } from "../../vpc/index.ts";
import { isoTime } from "../../iso-time.ts";
import type { Core } from "../state.ts";
import type { Instance } from "./state.ts";

/** The API's Instance. */
export function instanceView(core: Pick<Core, "state" | "assumptions" | "random">, instance: Instance) {
  const { state } = core;
  const eni = known(state.networkInterfaces, instance.networkInterfaceId);
  const privateIps = inListedOrder(core, eni).map(({ privateIp }) => privateIp);
  const publicIps = eni.privateIpAddresses
    .map(({ privateIp }) => eipOf(state, eni.networkInterfaceId, privateIp))
    .filter((eip) => eip !== undefined && eip.transition !== "BINDING")
    .map((eip) => eip?.addressIp);
  const dataDisks = dataDisksOf(state, instance.instanceId).map(dataDiskView);
  const { cpu, memory } = instanceTypes[instance.instanceType] ?? { cpu: 1, memory: 1 };
  return {
    Placement: {
      Zone: known(state.subnets, instance.subnetId).zone,
      ProjectId: instance.projectId,
      HostId: null,
      HostIds: [],
    },
    InstanceId: instance.instanceId,
    InstanceType: instance.instanceType,
    CPU: cpu,
    Memory: memory,
    RestrictState: "NORMAL",
    InstanceName: instance.instanceName,
    InstanceChargeType: instance.charge.chargeType,
    SystemDisk: systemDiskView(systemDiskOf(state, instance.instanceId)),
    DataDisks: dataDisks.length > 0 ? dataDisks : null,
    PrivateIpAddresses: privateIps,
    PublicIpAddresses: publicIps.length > 0 ? publicIps : null,
    InternetAccessible: { InternetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", InternetMaxBandwidthOut: 0 },
    VirtualPrivateCloud: {
      VpcId: instance.vpcId,
      SubnetId: instance.subnetId,
      AsVpcGateway: false,
      PrivateIpAddresses: privateIps,
    },
    ImageId: instance.imageId,
    RenewFlag: instance.charge.renewFlag ?? null,
    CreatedTime: isoTime(instance.createdAt),
    ExpiredTime: null,
    OsName: "",
    SecurityGroupIds: instance.securityGroupIds,
    LoginSettings: { KeyIds: instance.keyIds },
    InstanceState: instance.instanceState,
    Tags: tagSet(state, "cvm:instance", instance.instanceId),
    StopChargingMode: instance.stoppedMode ?? "NOT_APPLICABLE",
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
    DisableApiTermination: instance.isProtected ?? false,
  };
}

const systemDiskView = ({ diskId, diskType, diskSize }: Disk) => ({
  DiskId: diskId,
  DiskType: diskType,
  DiskSize: diskSize,
});

const dataDiskView = (disk: Disk) => ({
  ...systemDiskView(disk),
  DiskName: disk.diskName,
  DeleteWithInstance: disk.deleteWithInstance,
  Encrypt: disk.isEncrypted,
  SnapshotId: null,
  KmsKeyId: null,
  ThroughputPerformance: 0,
});
