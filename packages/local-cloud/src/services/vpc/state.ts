import type { Task } from "../../engine/tasks.ts";
import type { ServiceCore } from "../core.ts";
import type { TagState } from "../tag/index.ts";
import type { Address } from "./address/state.ts";
import type { HaVip } from "./ha-vip/state.ts";
import type { NetworkInterface } from "./network-interface/state.ts";
import type { SecurityGroup } from "./security-group/state.ts";
import type { Subnet } from "./subnet/state.ts";
import type { Vpc } from "./vpc/state.ts";

/** What the VPC service keeps. */
export const vpcState = () => ({
  vpcs: new Map<string, Vpc>(),
  subnets: new Map<string, Subnet>(),
  networkInterfaces: new Map<string, NetworkInterface>(),
  haVips: new Map<string, HaVip>(),
  addresses: new Map<string, Address>(),
  securityGroups: new Map<string, SecurityGroup>(),
});

export type VpcState = Readonly<ReturnType<typeof vpcState>>;

/** What the network asks of an instance. */
interface InstanceOnNetwork {
  readonly instanceId: string;
  /** By it go the numbers of its addresses. */
  readonly instanceType: string;
  readonly subnetId: string;
  /** Its primary ENI. */
  readonly networkInterfaceId: string;
  /** The primary address of its primary ENI. */
  readonly privateIp: string;
  readonly securityGroupIds: readonly string[];
}

/** What the service works on: its own state, and what it reads of others'. */
export interface State extends VpcState, TagState {
  readonly instances: ReadonlyMap<string, InstanceOnNetwork>;
  readonly tasks: ReadonlyMap<string, Task>;
}

export type Core = ServiceCore<State>;
