export type { CallEvent, CloudEvents, EipEvent, HolderEvent, TaskEvent } from "./engine/events.ts";
export type { Fault, Faults, TaskFault } from "./engine/faults.ts";
export { formatIpv4, hasAddress, type Ipv4Range, parseCidr } from "./engine/ipv4.ts";
export { randomNumbers } from "./engine/random.ts";
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
export type { AgentCommand, AgentOutcome, AutomationAgents } from "./services/automation.ts";
export { camOperation, checkPolicyActions } from "./services/cam/index.ts";
export type { AttachmentOptions, Policy, PolicyOptions, Role, RoleOptions } from "./services/cam/index.ts";
export {
  deliveredUserData,
  type Image,
  type ImageOptions,
  type Instance,
  type InstanceOptions,
  publicImages,
  type SoldOut,
} from "./services/cvm/index.ts";
export type { Machines } from "./services/machines.ts";
export type { Quotas } from "./services/quotas.ts";
export type { ReadonlyState } from "./services/state.ts";
export type {
  Address,
  AddressBinding,
  AddressOptions,
  BindingOptions,
  HaVip,
  HaVipAssociation,
  HaVipOptions,
  NetworkInterface,
  NetworkInterfaceOptions,
  PrivateIp,
  PrivateIpState,
  Subnet,
  SubnetOptions,
  Vpc,
  VpcOptions,
} from "./services/vpc/index.ts";
export { type Snapshot, SnapshotError } from "./snapshot.ts";
export { StateFile, StateFileInUseError } from "./state-file.ts";
export { CloudError } from "./api/errors.ts";
