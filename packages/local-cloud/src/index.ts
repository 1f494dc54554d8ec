export type { CallEvent, CloudEvents, EipEvent, HolderEvent, TaskEvent } from "./engine/events.ts";
export type { Fault, Faults, TaskFault } from "./engine/faults.ts";
export type { Task } from "./engine/tasks.ts";
export type { CredentialOptions } from "./http/credentials.ts";
export type { ListenOptions } from "./http/listener.ts";
export { LocalCloud, type LocalCloudOptions } from "./local-cloud.ts";
export type { HaVipAssociationOptions, Seed } from "./seed.ts";
export {
  type Assumption,
  type AssumptionName,
  ASSUMPTIONS,
  type Assumptions,
  parseAssumptions,
} from "./services/assumptions.ts";
export type { PolicyOptions } from "./services/cam/policy/create.ts";
export type { Policy } from "./services/cam/policy/state.ts";
export type { AttachmentOptions } from "./services/cam/role-policy/create.ts";
export type { RoleOptions } from "./services/cam/role/create.ts";
export type { Role } from "./services/cam/role/state.ts";
export { publicImages } from "./services/cvm/image/public-images.ts";
export type { InstanceOptions } from "./services/cvm/instance/create.ts";
export type { Instance } from "./services/cvm/instance/state.ts";
export type { Quotas } from "./services/quotas.ts";
export type { ReadonlyState } from "./services/state.ts";
export type { AddressOptions, BindingOptions } from "./services/vpc/address/create.ts";
export type { Address, AddressBinding } from "./services/vpc/address/state.ts";
export type { HaVipOptions } from "./services/vpc/ha-vip/create.ts";
export type { HaVip, HaVipAssociation } from "./services/vpc/ha-vip/state.ts";
export type { NetworkInterfaceOptions } from "./services/vpc/network-interface/create.ts";
export type { NetworkInterface, PrivateIp, PrivateIpState } from "./services/vpc/network-interface/state.ts";
export type { SubnetOptions } from "./services/vpc/subnet/create.ts";
export type { Subnet } from "./services/vpc/subnet/state.ts";
export type { VpcOptions } from "./services/vpc/vpc/create.ts";
export type { Vpc } from "./services/vpc/vpc/state.ts";
export { type Snapshot, SnapshotError } from "./snapshot.ts";
export { StateFile, StateFileInUseError } from "./state-file.ts";
export { CloudError } from "./api/errors.ts";
