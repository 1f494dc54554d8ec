import type { Task } from "../engine/tasks.ts";
import type { Policy } from "./cam/policy/state.ts";
import type { Role } from "./cam/role/state.ts";
import type { Instance } from "./cvm/instance/state.ts";
import type { KeyPair } from "./cvm/key-pair/state.ts";
import type { PlacementGroup } from "./cvm/placement-group/state.ts";
import type { Address } from "./vpc/address/state.ts";
import type { HaVip } from "./vpc/ha-vip/state.ts";
import type { NetworkInterface } from "./vpc/network-interface/state.ts";
import type { SecurityGroup } from "./vpc/security-group/state.ts";
import type { Subnet } from "./vpc/subnet/state.ts";
import type { Vpc } from "./vpc/vpc/state.ts";

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

/** What an id stands for that the state itself holds, so that it must be there. @throws Error if it is not: a bug */
export function known<Key, Value>(map: ReadonlyMap<Key, Value>, id: Key): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the state refers to '${String(id)}', which it does not hold`);
  return value;
}
