import { boolean, integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { tagSpecifications } from "../service.ts";
import { prepaidParameters } from "./charge.ts";

/** What RunInstances takes: one machine in a VPC, paid by the hour or in advance. */
export const machineParameters = object({
  Placement: object({
    Zone: string,
    ProjectId: optional(integer),
    HostIds: unsupported,
    DedicatedResourcePackTenancy: unsupported,
    DedicatedResourcePackIds: unsupported,
    RackId: unsupported,
  }),
  ImageId: string,
  InstanceType: optional(string),
  InstanceChargeType: optional(string),
  SystemDisk: optional(
    object({
      DiskType: optional(string),
      DiskSize: optional(integer),
      DiskName: optional(string),
      DiskId: unsupported,
      Encrypt: unsupported,
      KmsKeyId: unsupported,
      CdcId: unsupported,
    }),
  ),
  DataDisks: unsupported,
  VirtualPrivateCloud: object({
    VpcId: string,
    SubnetId: string,
    PrivateIpAddresses: optional(list(string)),
    AsVpcGateway: unsupported,
    Ipv6AddressCount: noNumber,
  }),
  InternetAccessible: optional(
    object({
      InternetChargeType: optional(string),
      InternetMaxBandwidthOut: noNumber,
      PublicIpAssigned: unsupported,
      BandwidthPackageId: unsupported,
      InternetServiceProvider: unsupported,
      IPv4AddressType: unsupported,
      IPv6AddressType: unsupported,
      AntiDDoSPackageId: unsupported,
    }),
  ),
  InstanceCount: optional(integer),
  InstanceName: optional(string),
  LoginSettings: optional(
    object({ KeyIds: optional(list(string)), Password: unsupported, KeepImageLogin: optional(string) }),
  ),
  SecurityGroupIds: optional(list(string)),
  // Switches of agents in the machine: no machine runs here, so they make no visible difference.
  EnhancedService: optional((_name, value) => value),
  ClientToken: optional(string),
  HostName: optional(string),
  DisasterRecoverGroupIds: optional(list(string)),
  TagSpecification: tagSpecifications,
  UserData: optional(string),
  CamRoleName: optional(string),
  DryRun: unsupported,
  DisableApiTermination: optional(boolean),
  MinCount: unsupported,
  InstanceChargePrepaid: optional(prepaidParameters),
  InstanceMarketOptions: unsupported,
  LaunchTemplate: unsupported,
  HpcClusterId: unsupported,
  DedicatedClusterId: unsupported,
  CpuTopology: unsupported,
  PartitionNumber: unsupported,
});

/** One machine as it is asked for. */
export type MachineParameters = ReturnType<typeof machineParameters>;

/** Public addresses of instances and IPv6 are not there: 0 is the only number. */
function noNumber(name: string, value: unknown): void {
  if (value !== 0) unsupported(name, value);
}
