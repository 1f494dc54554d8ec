import { randomBytes, randomInt } from "node:crypto";
import type { PolicyDocument } from "./authorization.ts";

/** A private network. */
export interface Vpc {
  vpcId: string;
  vpcName: string;
  cidrBlock: string;
  dnsServers: string[];
  multicast: boolean;
  /** The route table that every subnet of it has. */
  routeTableId: string;
  /** Unix time in ms. */
  createdAt: number;
}

/** A range of a VPC, in one zone. */
export interface Subnet {
  subnetId: string;
  subnetName: string;
  vpcId: string;
  cidrBlock: string;
  zone: string;
  /** Unix time in ms. */
  createdAt: number;
}

/** The states that the VPC API names for an address of an ENI. */
export type PrivateIpState = "PENDING" | "MIGRATING" | "DELETING" | "AVAILABLE";

/** An address of an ENI. */
export interface PrivateIp {
  privateIp: string;
  /** The first address of the ENI, which can neither be moved nor taken away. */
  primary: boolean;
  state: PrivateIpState;
  /** Absent: none. */
  description?: string;
}

/** An elastic network interface (ENI). */
export interface NetworkInterface {
  networkInterfaceId: string;
  name: string;
  description: string;
  vpcId: string;
  subnetId: string;
  /** Whether it is the ENI that its instance was made with. */
  primary: boolean;
  /** Upper case, as the API writes it. */
  macAddress: string;
  /** Absent while it is attached to nothing. */
  instanceId?: string;
  privateIpAddresses: PrivateIp[];
  securityGroupIds: string[];
  /** Present while a task makes it or takes it away. */
  transition?: "PENDING" | "DELETING";
  /** Unix time in ms. */
  createdAt: number;
}

/** The states that the CVM API names for an instance, as far as one gets into them here. */
export type InstanceState = "PENDING" | "LAUNCH_FAILED" | "RUNNING" | "TERMINATING";

/** A CVM. */
export interface Instance {
  instanceId: string;
  instanceName: string;
  vpcId: string;
  subnetId: string;
  /** Its primary ENI. */
  networkInterfaceId: string;
  /** The primary address of its primary ENI. */
  privateIp: string;
  camRoleName?: string;
  instanceState: InstanceState;
  instanceType: string;
  imageId: string;
  hostName: string;
  securityGroupIds: string[];
  /** Absent: in none. */
  placementGroupId?: string;
  keyIds: string[];
  /** Base64, as it was given; empty: none. */
  userData: string;
  systemDisk: { diskId: string; diskName: string; diskType: string; /** GB. */ diskSize: number };
  /** The last action on it that took time. */
  latestOperation: { action: string; requestId: string; state: "OPERATING" | "SUCCESS" | "FAILED" };
  /** Unix time in ms. */
  createdAt: number;
}

/** One rule of a security group, as it was given. */
export interface SecurityRule {
  protocol: string;
  port: string;
  /** Empty: the rule is for another security group. */
  cidrBlock: string;
  /** Empty: the rule is for a CIDR block. */
  securityGroupId: string;
  action: "ACCEPT" | "DROP";
  description: string;
}

/** A security group with its rules; what comes first goes first. */
export interface SecurityGroup {
  securityGroupId: string;
  name: string;
  description: string;
  /** Counts the changes of its rules. */
  version: number;
  ingress: SecurityRule[];
  egress: SecurityRule[];
  /** Unix time in ms. */
  createdAt: number;
}

/** A placement group, which the API calls disaster recover group: its instances are on different machines. */
export interface PlacementGroup {
  placementGroupId: string;
  name: string;
  type: "HOST" | "SW" | "RACK";
  /** How many of its instances may share a host, switch or rack. */
  affinity: number;
  /** Unix time in ms. */
  createdAt: number;
}

/** A public SSH key. */
export interface KeyPair {
  keyId: string;
  keyName: string;
  publicKey: string;
  /** Unix time in ms. */
  createdAt: number;
}

/** An instance or ENI that may hold a HAVIP. */
export interface HaVipAssociation {
  instanceId: string;
  instanceType: "CVM" | "ENI";
}

/** A highly available virtual IP address: an address of a subnet that goes to whoever announces it. */
export interface HaVip {
  haVipId: string;
  name: string;
  vip: string;
  vpcId: string;
  subnetId: string;
  /** Whether only associated instances may hold it. */
  checkAssociate: boolean;
  associations: HaVipAssociation[];
  /** The ENI that holds it. Absent: nobody has announced it yet. */
  networkInterfaceId?: string;
  /** When it last moved, Unix time in ms. Absent: never. */
  flushedAt?: number;
  /** Unix time in ms. */
  createdAt: number;
}

/** What an EIP is bound to. */
export type AddressBinding =
  { kind: "eni"; networkInterfaceId: string; privateIp: string } | { kind: "haVip"; haVipId: string };

/** An elastic IP address (the API calls it Address). */
export interface Address {
  addressId: string;
  name: string;
  addressIp: string;
  /** Absent while it is unbound. */
  binding?: AddressBinding;
  /** Present while a task works on it. */
  transition?: "CREATING" | "BINDING" | "UNBINDING" | "OFFLINING";
  internetChargeType: string;
  bandwidthMbps: number;
  /** Unix time in ms. */
  createdAt: number;
}

/** A CAM role. */
export interface Role {
  /** A number in decimal. */
  roleId: string;
  roleName: string;
  description: string;
  /** The document, as an object or as JSON. */
  trustPolicy: unknown;
  policyIds: number[];
  /** Unix time in ms. */
  createdAt: number;
}

/** A CAM policy. */
export interface Policy {
  policyId: number;
  policyName: string;
  description: string;
  document: PolicyDocument;
  /** The document as JSON, as it was given. */
  text: string;
  /** Unix time in ms. */
  createdAt: number;
}

/** Work that the API has accepted and not finished yet, or has finished. */
export interface Task {
  /** The RequestId of the call that started it, or a number in decimal for the tasks of EIPs. */
  taskId: string;
  action: string;
  status: "RUNNING" | "SUCCESS" | "FAILED";
  /** The addresses and EIPs that no other task may touch meanwhile. */
  locks: string[];
  /** Unix time in ms. */
  startedAt: number;
  /** Unix time in ms; absent while it runs. */
  endedAt?: number;
}

/** Everything the cloud knows, by id (roles by name). Secrets are not in it. */
export class State {
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly networkInterfaces = new Map<string, NetworkInterface>();
  readonly instances = new Map<string, Instance>();
  readonly haVips = new Map<string, HaVip>();
  readonly addresses = new Map<string, Address>();
  readonly roles = new Map<string, Role>();
  readonly policies = new Map<number, Policy>();
  readonly securityGroups = new Map<string, SecurityGroup>();
  readonly placementGroups = new Map<string, PlacementGroup>();
  readonly keyPairs = new Map<string, KeyPair>();
  /** The ids of the images that instances can be made of. */
  readonly images = new Map<string, { imageId: string }>();
  /** By resource: `<service>:<prefix>/<id>`, e.g. `cvm:instance/ins-1a2b3c4d`. */
  readonly tags = new Map<string, Record<string, string>>();
  readonly tasks = new Map<string, Task>();
}

/** The state as users of the library see it: to read, not to write. */
export type ReadonlyState = {
  readonly [K in keyof State]: State[K] extends Map<infer Key, infer Value>
    ? ReadonlyMap<Key, DeepReadonly<Value>>
    : never;
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** An id in the cloud's manner, e.g. `eni-1a2b3c4d`. */
export function newId(prefix: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  return `${prefix}-${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}`;
}

/** A MAC address with the prefix that the cloud's machines have. */
export function newMacAddress(): string {
  return ["52", "54", "00", ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0"))]
    .join(":")
    .toUpperCase();
}

/** What an id stands for that the state itself holds, so that it must be there. @throws Error if it is not: a bug */
export function known<Key, Value>(map: ReadonlyMap<Key, Value>, id: Key): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the state refers to '${String(id)}', which it does not hold`);
  return value;
}
