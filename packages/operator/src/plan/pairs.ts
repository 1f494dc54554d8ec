import { isStronger, type Mechanism, NODE_PATHS, type NodeRole, type NodeSettings } from "pairctl/contract";
import type { PlannedResource } from "./changes.ts";
import { unpackUserData } from "../user-data/unpack.ts";

const INSTANCE = "tencentcloud_instance";

/** A node of a pair, as a plan has it. */
export interface PlannedNode {
  readonly role: NodeRole;
  readonly resource: PlannedResource;
  readonly privateIp: string;
}

/** A keepalived pair, as a plan has it. */
export interface PlannedPair {
  /** The nodes' names without their roles, where they have that; otherwise the virtual address. */
  readonly name: string;
  readonly mechanism: Mechanism;
  /** The addresses that move, the first one being that which adverts name. */
  readonly vips: readonly string[];
  /** The addresses of the network interfaces on which those wait that are on no node; none with a HAVIP. */
  readonly parkingIps: readonly string[];
  /** One or two: a plan of a part of the stack may have one of them. */
  readonly nodes: readonly PlannedNode[];
}

interface Told {
  readonly settings: NodeSettings;
  readonly node: PlannedNode;
}

/**
 * The pairs of a plan. A node is known by what its user data tells pairctl, as it is or as it will be: names and addresses
 * of resources are the user's own.
 */
export function pairsOf(resources: readonly PlannedResource[]): PlannedPair[] {
  const told = resources.filter(({ type }) => type === INSTANCE).flatMap(nodeOf);
  const isPeer = ({ settings }: Told, other: Told) =>
    other.settings.privateIp === settings.peerIp && other.settings.peerIp === settings.privateIp;
  const pairs = told.map((one) => [one, ...told.filter((other) => other !== one && isPeer(one, other))]);
  // Each pair once: it is that of its first node.
  return pairs
    .filter(([one, other]) => other === undefined || told.indexOf(one as Told) < told.indexOf(other))
    .map(pairOf);
}

function nodeOf(resource: PlannedResource): Told[] {
  const settings = settingsOf(resource.before["user_data"]) ?? settingsOf(resource.after["user_data"]);
  if (settings === undefined) return [];
  const role: NodeRole = isStronger(settings) ? "primary" : "secondary";
  return [{ settings, node: { role, resource, privateIp: settings.privateIp } }];
}

function settingsOf(userData: unknown): NodeSettings | undefined {
  const json = unpackUserData(userData)?.files.get(NODE_PATHS.settings)?.content;
  if (json === undefined) return undefined;
  try {
    const settings = JSON.parse(json) as Partial<NodeSettings>;
    return typeof settings.privateIp === "string" && Array.isArray(settings.virtualIps)
      ? (settings as NodeSettings)
      : undefined;
  } catch {
    return undefined;
  }
}

function pairOf(told: readonly Told[]): PlannedPair {
  const nodes = told.map(({ node }) => node).sort((one, other) => one.role.localeCompare(other.role));
  const settings = (told[0] as Told).settings;
  const vips = settings.virtualIps.map(({ vip }) => vip);
  const parkingIps = settings.virtualIps.flatMap(({ parkingIp }) => parkingIp ?? []);
  return { name: nameOf(nodes) ?? vips[0] ?? "", mechanism: settings.mechanism, vips, parkingIps, nodes };
}

/** What the names of the nodes begin with, such as `web-pair` of `web-pair-primary`. */
function nameOf(nodes: readonly PlannedNode[]): string | undefined {
  const [name, ...others] = nodes.map(({ role, resource }) => {
    const text = String(resource.before["instance_name"] ?? resource.after["instance_name"] ?? "");
    return text.endsWith(`-${role}`) ? text.slice(0, -role.length - 1) : undefined;
  });
  return others.every((other) => other === name) ? name : undefined;
}
