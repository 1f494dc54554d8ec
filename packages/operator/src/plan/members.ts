import type { PlannedResource } from "./changes.ts";
import type { PlannedPair } from "./pairs.ts";
import type { ConfiguredResource, StateResource } from "./plan-json.ts";

/** What binds two others, and is of a pair where the first of these is; the attributes are named by the provider. */
const BINDINGS: Readonly<Record<string, readonly string[]>> = {
  tencentcloud_ha_vip_instance_attachment: ["instance_id", "ha_vip_id"],
  tencentcloud_ha_vip_eip_attachment: ["havip_id"],
  tencentcloud_eip_association: ["network_interface_id", "private_ip"],
  tencentcloud_security_group_rule_set: ["security_group_id"],
};

/**
 * Which resources are of which pair: what its nodes depend on, the resource that has one of its addresses, what binds
 * those, and what these depend on. A stack may have others beside a pair, which are none of our business.
 */
export function membersOf(
  pairs: readonly PlannedPair[],
  resources: readonly PlannedResource[],
  state: readonly StateResource[],
  configuration: ReadonlyMap<string, ConfiguredResource>,
): ReadonlyMap<string, PlannedPair> {
  const dependencies = dependenciesOf(state, configuration);
  const members = new Map<string, PlannedPair>();
  for (const pair of pairs) {
    const add = (address: string) => {
      if (members.has(address)) return;
      members.set(address, pair);
      for (const each of dependencies.get(withoutIndex(address)) ?? []) add(each);
    };
    for (const { resource } of pair.nodes) add(resource.address);
    for (const resource of resources) if (hasAddressOf(pair, resource)) add(resource.address);
    for (const { address, type } of resources) {
      const attributes = BINDINGS[type];
      if (attributes === undefined) continue;
      const bound = boundBy(configuration.get(withoutIndex(address)), attributes);
      const known = bound.length > 0 ? bound : [...(dependencies.get(withoutIndex(address)) ?? [])];
      if (known.some((each) => isMachineOrAddress(each) && members.get(each) === pair)) add(address);
    }
  }
  return members;
}

/** What only one pair has: others may share its network or its role. */
function isMachineOrAddress(address: string): boolean {
  return /\btencentcloud_(instance|ha_vip|eni|security_group|eip)\./.test(address);
}

/** Whether a resource is what has one of the pair's addresses before a node gets it. */
function hasAddressOf({ vips, parkingIps }: PlannedPair, { type, before, after }: PlannedResource): boolean {
  const addresses = [before, after].flatMap((values) => {
    if (type === "tencentcloud_ha_vip") return [values["vip"]];
    if (type !== "tencentcloud_eni") return [];
    // One that was imported has its addresses only in what the provider reads back of it.
    return [values["ipv4s"], values["ipv4_info"]].flatMap((ipv4s) =>
      ((ipv4s ?? []) as readonly { readonly ip?: unknown }[]).map(({ ip }) => ip),
    );
  });
  return addresses.some((address) => [...vips, ...parkingIps].some((each) => each === address));
}

/** What each resource depends on, by address, without the data sources. */
function dependenciesOf(
  state: readonly StateResource[],
  configuration: ReadonlyMap<string, ConfiguredResource>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const dependencies = new Map<string, Set<string>>();
  const add = (address: string, others: readonly string[]) => {
    const known = dependencies.get(address) ?? new Set<string>();
    dependencies.set(address, known);
    for (const other of others) if (!/(^|\.)data\./.test(other)) known.add(other);
  };
  for (const { address, depends_on = [] } of state) add(withoutIndex(address), depends_on);
  for (const [address, { expressions = {}, depends_on = [] }] of configuration) {
    const module = address.slice(0, address.length - lastTwo(address).length);
    add(
      address,
      [...referencesIn(expressions), ...depends_on].map((each) => `${module}${lastTwo(each, true)}`),
    );
  }
  return dependencies;
}

function boundBy(configured: ConfiguredResource | undefined, attributes: readonly string[]): string[] {
  const expressions = configured?.expressions ?? {};
  return attributes.flatMap((name) => referencesIn(expressions[name])).map((each) => lastTwo(each, true));
}

/** All references of an argument's expression, in blocks as well. */
function referencesIn(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null) return [];
  const { references } = expression as { readonly references?: unknown };
  if (Array.isArray(references)) return references.filter((each) => typeof each === "string");
  return Object.values(expression).flatMap(referencesIn);
}

/** Type and name of an address, or of a reference, which begins with them. */
function lastTwo(address: string, isReference = false): string {
  const parts = address.split(".");
  if (parts[0] === "data") return parts.slice(0, 3).join(".");
  return (isReference ? parts.slice(0, 2) : parts.slice(-2)).join(".");
}

/** The address of a resource in the configuration, which `count` and `for_each` do not multiply. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]/g, "");
}
