import type { Construct } from "constructs";
import type { ISubnet } from "./network";
import type { NodeIdentity } from "./node-user-data";
import {
  PropError,
  requireCidr,
  requireDistinct,
  requireInteger,
  requireLiteral,
  requireName,
  requireUsableAddress,
} from "./validation";
import type { IVirtualIp, NodeRole } from "./virtual-ip";

/** Refuses a name that cannot be part of the nodes' host names. */
export function requireHostName(name: string): void {
  requireLiteral("name", name);
  requireName("name", name, 50);
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(name)) {
    throw new PropError("name", name, "must be letters, digits and hyphens", "host names are made from it");
  }
}

/** The addresses of a pair, the first one being that which adverts name. */
export type VirtualIps = readonly [IVirtualIp, ...IVirtualIp[]];

/** Refuses addresses that cannot move together. */
export function requireAlike([first, ...additional]: VirtualIps): void {
  additional.forEach((each, index) => {
    const prop = `additionalVirtualIps[${index}]`;
    if (each.mechanism !== first.mechanism) {
      throw new PropError(
        prop,
        each.mechanism,
        `must be moved as the first one is, by ${first.mechanism}`,
        "the two mechanisms are never mixed: give the other address a pair of its own",
      );
    }
    if (each.subnet.subnetId !== first.subnet.subnetId) {
      throw new PropError(
        prop,
        each.vip,
        "must be in the subnet of the first one",
        "an address cannot leave its subnet",
      );
    }
  });
}

/** Refuses node addresses that the subnet does not have, or that something else of the pair has. */
export function requireAddresses(
  [virtualIp, ...additional]: VirtualIps,
  nodes: Readonly<Record<NodeRole, NodeIdentity>>,
): void {
  const subnet = requireCidr("subnet.cidrBlock", virtualIp.subnet.cidrBlock);
  const more = additional.flatMap((each, index) =>
    Object.entries({ vip: each.vip, ...each.reservedAddresses }).map(([prop, address]) => [
      `additionalVirtualIps[${index}].${prop}`,
      address,
    ]),
  );
  requireUsableAddress("primary.privateIp", nodes.primary.privateIp, subnet);
  requireUsableAddress("secondary.privateIp", nodes.secondary.privateIp, subnet);
  requireDistinct({
    vip: virtualIp.vip,
    ...virtualIp.reservedAddresses,
    ...Object.fromEntries(more),
    "primary.privateIp": nodes.primary.privateIp,
    "secondary.privateIp": nodes.secondary.privateIp,
  });
}

/** Refuses priorities that keepalived does not take, or that do not make the primary the leader. */
export function requirePriorities({ primary, secondary }: Readonly<Record<NodeRole, NodeIdentity>>): void {
  const remedy = "give the primary the higher one, such as 100 and 80 (255 is the address owner's)";
  requireInteger("primary.priority", primary.priority, 1, 254, remedy);
  requireInteger("secondary.priority", secondary.priority, 1, 254, remedy);
  if (primary.priority <= secondary.priority) {
    throw new PropError(
      "secondary.priority",
      secondary.priority,
      `must be lower than the primary's ${primary.priority}`,
      remedy,
    );
  }
}

const bound = new WeakSet<IVirtualIp>();

/** Refuses a virtual IP that another pair has, and remembers this one. */
export function requireUnbound(virtualIp: IVirtualIp): void {
  if (bound.has(virtualIp)) {
    throw new PropError("virtualIp", virtualIp.vip, "belongs to another pair already", "give each pair its own");
  }
  bound.add(virtualIp);
}

const routerIds = new WeakMap<object, Map<string, string>>();

/** Refuses a `virtual_router_id` that another pair of the app has in the same subnet, and remembers this one. */
export function requireFreeRouterId(pair: Construct, subnet: ISubnet, virtualRouterId: number): void {
  const taken = routerIds.get(pair.node.root) ?? new Map<string, string>();
  routerIds.set(pair.node.root, taken);
  const key = `${subnet.subnetId} ${virtualRouterId}`;
  const other = taken.get(key);
  if (other !== undefined) {
    throw new PropError(
      "virtualRouterId",
      virtualRouterId,
      `must differ from that of ${other}, which is in the same subnet`,
      "give one of the pairs another one",
    );
  }
  taken.set(key, pair.node.path);
}
