export type { Quotas } from "./action.ts";
export type { CredentialOptions } from "./credentials.ts";
export { CloudError } from "./errors.ts";
export type { CallEvent, CloudEvents, EipEvent, HolderEvent, TaskEvent } from "./events.ts";
export type { Fault, Faults, TaskFault } from "./faults.ts";
export type { ListenOptions } from "./listener.ts";
export { LocalCloud, type LocalCloudOptions } from "./local-cloud.ts";
export type { AttachmentOptions, PolicyOptions, RoleOptions } from "./resources/access.ts";
export type { AddressOptions, BindingOptions } from "./resources/addresses.ts";
export { publicImages } from "./resources/images.ts";
export type { HaVipOptions } from "./resources/ha-vips.ts";
export type { SubnetOptions, VpcOptions } from "./resources/network.ts";
export type { InstanceOptions, NetworkInterfaceOptions } from "./resources/network-interfaces.ts";
export type { HaVipAssociationOptions, Seed } from "./seed.ts";
export { type Snapshot, SnapshotError } from "./snapshot.ts";
export { StateFile, StateFileInUseError } from "./state-file.ts";
export type {
  Address,
  AddressBinding,
  HaVip,
  HaVipAssociation,
  Instance,
  NetworkInterface,
  Policy,
  PrivateIp,
  PrivateIpState,
  ReadonlyState,
  Role,
  Subnet,
  Task,
  Vpc,
} from "./state.ts";
