import { Token } from "cdktf";
import type { ISubnet } from "../network/network";
import { seenBy } from "../props/claims";
import { HOST_NAME } from "../props/cloud-fields";
import type { Limits } from "../props/shape";
import { NODE_ROLES } from "../contract";
import { Shown } from "../props/prop-error";
import type { HealthCheck } from "./health-check";
import { requirePrograms } from "./scripts";
import { HA_VIPS_PER_ENI, instanceLimits } from "./instance-limits";
import type { NodeIdentity } from "./node-user-data";
import {
  PropError,
  requireCidr,
  requireDistinct,
  requireLiteralInteger,
  requireName,
  requireUsableAddress,
} from "../props/validation";
import type { NodeRole, VirtualIps } from "../virtual-ip/virtual-ip";

/**
 * Refuses a name that cannot be a host name, or part of one. A token is let through: it is known only at apply.
 *
 * @param maxLength how many characters it may have
 */
export function requireHostName(prop: string, name: string, maxLength: number): void {
  requireName(prop, name, maxLength);
  if (Token.isUnresolved(name)) return;
  if (!HOST_NAME.test(name) || name.length < 2) {
    throw new PropError(
      prop,
      name,
      "must be a host name: 2 characters at least, letters, digits and single hyphens between them",
      "choose one such as web-pair",
    );
  }
}

/** Refuses host names that are none, or that both nodes have. */
export function requireHostNames(name: string, given: Readonly<Record<NodeRole, string | undefined>>): void {
  for (const role of NODE_ROLES) {
    const hostname = given[role];
    if (hostname !== undefined) requireHostName(`${role}.hostname`, hostname, 60);
  }
  const { primary = `${name}-primary`, secondary = `${name}-secondary` } = given;
  if (Token.isUnresolved(primary) || primary.toLowerCase() !== secondary.toLowerCase()) return;
  const prop = given.secondary === undefined ? "primary.hostname" : "secondary.hostname";
  throw new PropError(prop, given.secondary ?? primary, "must not be the other node's", "give each node its own");
}

/** Refuses a security group of ours that closes the way between the two nodes. */
export function requirePeers(open: readonly string[], nodeAddresses: readonly string[]): void {
  if ([...open, ...nodeAddresses].some((address) => Token.isUnresolved(address))) return;
  const closed = nodeAddresses.filter((address) => !open.includes(address));
  if (closed.length === 0) return;
  throw new PropError(
    "securityGroup",
    new Shown(`one for ${open.join(" and ") || "no address"}`),
    "must let VRRP pass between the two nodes",
    `make it with nodeAddresses ${nodeAddresses.join(" and ")}`,
  );
}

/** Refuses health checks and notifications whose program no package of the nodes brings: each run would fail. */
export function requireInstalled(props: {
  readonly healthChecks?: readonly HealthCheck[];
  readonly notifyCommands?: readonly string[];
  readonly cloudConfig?: Readonly<Record<string, unknown>>;
}): void {
  const { healthChecks = [], notifyCommands = [], cloudConfig = {} } = props;
  const own = Array.isArray(cloudConfig["packages"]) ? cloudConfig["packages"].flat().map(String) : [];
  const packages = [...own, ...healthChecks.flatMap((check) => check.packages)];
  healthChecks.forEach((check, index) => {
    const where = "the check's packages";
    requirePrograms(`healthChecks[${index}]`, check.shellCommand, packages, where);
  });
  notifyCommands.forEach((command, index) => {
    requirePrograms(`notifyCommands[${index}]`, command, packages, "cloudConfig.packages");
  });
}

/**
 * Refuses health checks over HTTP that ask one of the pair's addresses instead of the node that they run on. At a virtual
 * address neither node would become MASTER, since nobody answers there until one is.
 */
export function requireOwnNode(
  healthChecks: readonly HealthCheck[],
  virtualIps: VirtualIps,
  nodes: Readonly<Record<NodeRole, NodeIdentity>>,
): void {
  const vips = virtualIps.map(({ vip }) => vip);
  healthChecks.forEach(({ url }, index) => {
    if (url === undefined || Token.isUnresolved(url)) return;
    const { hostname } = new URL(url);
    const role = NODE_ROLES.find((each) => nodes[each].privateIp === hostname);
    if (role === undefined && !vips.includes(hostname)) return;
    const why =
      role === undefined
        ? "asks a virtual address, where nobody answers until a node is MASTER: none would become it"
        : `asks the ${role} on both nodes: where that one fails, the other would not take over`;
    throw new PropError(
      `healthChecks[${index}]`,
      url,
      `must ask the node that it runs on, and ${why}`,
      `write 127.0.0.1 instead of ${hostname}`,
    );
  });
}

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
    if (seenBy(each, each.subnet.subnetId) !== seenBy(first, first.subnet.subnetId)) {
      throw new PropError(
        prop,
        each.vip,
        "must be in the subnet of the first one",
        "an address cannot leave its subnet",
      );
    }
  });
}

/** Refuses more addresses than one node can have, which it does once it serves. */
export function requireWithinLimits(virtualIps: VirtualIps, instanceType: string): void {
  const { length } = virtualIps;
  const [{ mechanism }] = virtualIps;
  const split = "give some of the addresses a pair of their own";
  if (mechanism === "havip" && length > HA_VIPS_PER_ENI) {
    const problem = `must be ${HA_VIPS_PER_ENI - 1} at most, since a network interface takes ${HA_VIPS_PER_ENI} HAVIPs`;
    throw new PropError("additionalVirtualIps", length - 1, problem, split);
  }
  const limits = Token.isUnresolved(instanceType) ? undefined : instanceLimits(instanceType);
  if (limits === undefined) return;
  const privateIps = mechanism === "havip" ? 1 : 1 + length;
  if (privateIps > limits.privateIpsPerEni) {
    const problem = `has a network interface with ${limits.privateIpsPerEni} addresses at most, and the pair needs ${privateIps}`;
    throw new PropError("instanceType", instanceType, problem, `choose a larger one, or ${split}`);
  }
  const publicIps = virtualIps.filter(({ publicIp }) => publicIp !== undefined).length;
  if (mechanism !== "havip" && publicIps > limits.publicIps) {
    const problem = `takes ${limits.publicIps} public addresses at most, and the pair has ${publicIps}`;
    throw new PropError("instanceType", instanceType, problem, `choose a larger one, or ${split}`);
  }
}

/** Every address that a pair takes in its subnet, by the prop that says it. */
function addressesOf(
  [first, ...additional]: VirtualIps,
  nodes: Readonly<Record<NodeRole, NodeIdentity>>,
): Record<string, string> {
  const more = additional.flatMap((each, index) =>
    Object.entries({ vip: each.vip, ...each.reservedAddresses }).map(([prop, address]) => [
      `additionalVirtualIps[${index}].${prop}`,
      address,
    ]),
  );
  return {
    vip: first.vip,
    ...first.reservedAddresses,
    ...Object.fromEntries(more),
    "primary.privateIp": nodes.primary.privateIp,
    "secondary.privateIp": nodes.secondary.privateIp,
  };
}

/** Refuses node addresses that the subnet does not have, or that something else of the pair has. */
export function requireAddresses(virtualIps: VirtualIps, nodes: Readonly<Record<NodeRole, NodeIdentity>>): void {
  const subnet = requireCidr("subnet.cidrBlock", virtualIps[0].subnet.cidrBlock);
  requireUsableAddress("primary.privateIp", nodes.primary.privateIp, subnet);
  requireUsableAddress("secondary.privateIp", nodes.secondary.privateIp, subnet);
  requireDistinct(addressesOf(virtualIps, nodes));
}

/** What keepalived takes as a `priority`; 255 is that of the address owner. */
export const PRIORITY: Limits = [1, 254];

/** Refuses priorities that keepalived does not take, or that do not make the primary the leader. */
export function requirePriorities({ primary, secondary }: Readonly<Record<NodeRole, NodeIdentity>>): void {
  const remedy = "give the primary the higher one, such as 100 and 80 (255 is the address owner's)";
  requireLiteralInteger("primary.priority", primary.priority, ...PRIORITY, remedy);
  requireLiteralInteger("secondary.priority", secondary.priority, ...PRIORITY, remedy);
  if (primary.priority <= secondary.priority) {
    throw new PropError(
      "secondary.priority",
      secondary.priority,
      `must be lower than the primary's ${primary.priority}`,
      remedy,
    );
  }
}

/** Refuses a region that the zone is not of: pairctl would call an API that knows nothing of the pair. */
export function requireRegion(region: string, { availabilityZone }: Pick<ISubnet, "availabilityZone">): void {
  if (Token.isUnresolved(region) || Token.isUnresolved(availabilityZone)) return;
  if (region !== availabilityZone.replace(/-\d+$/, "")) {
    throw new PropError(
      "region",
      region,
      `must be that of the subnet's zone ${availabilityZone}`,
      "correct one of the two",
    );
  }
}
