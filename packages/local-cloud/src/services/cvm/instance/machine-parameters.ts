import {
  boolean,
  integer,
  list,
  object,
  optional,
  string,
  unsupported,
  unsupportedNumber,
} from "../../../api/parameters.ts";
import { tagSpecifications } from "../service.ts";
import { prepaidParameters } from "./charge.ts";
import { dataDisksParameters } from "./data-disks.ts";
import { enhancedService, loginSettings } from "./login-settings.ts";

/** What RunInstances takes: machines in a VPC, paid by the hour or in advance. */
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
  DataDisks: dataDisksParameters,
  VirtualPrivateCloud: object({
    VpcId: string,
    SubnetId: string,
    PrivateIpAddresses: optional(list(string)),
    AsVpcGateway: unsupported,
    Ipv6AddressCount: unsupportedNumber,
  }),
  InternetAccessible: optional(
    object({
      InternetChargeType: optional(string),
      InternetMaxBandwidthOut: unsupportedNumber,
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
  LoginSettings: loginSettings,
  SecurityGroupIds: optional(list(string)),
  EnhancedService: enhancedService,
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

/** Machines as they are asked for. */
export type MachineParameters = ReturnType<typeof machineParameters>;
