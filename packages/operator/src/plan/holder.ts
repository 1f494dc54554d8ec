import type { NodeRole } from "pairctl/contract";
import type { PlannedPair } from "./pairs.ts";
import type { StateResource } from "./plan-json.ts";

/**
 * Which node had the first of a pair's addresses when the plan looked at the cloud; undefined where the plan did not look,
 * or neither has it.
 */
export function holderOf({ vips, nodes }: PlannedPair, state: readonly StateResource[]): NodeRole | undefined {
  const [vip = ""] = vips;
  const ids = state.flatMap(({ type, values }) => {
    if (type === "tencentcloud_ha_vip") return values["vip"] === vip ? [values["instance_id"]] : [];
    return type === "tencentcloud_enis" ? holdersAmong(values["enis"], vip) : [];
  });
  return nodes.find(({ resource }) => ids.includes(resource.before["id"]))?.role;
}

interface NetworkInterface {
  readonly instance_id?: string;
  readonly ipv4s?: readonly { readonly ip?: string }[];
}

function holdersAmong(enis: unknown, vip: string): unknown[] {
  return ((Array.isArray(enis) ? enis : []) as readonly NetworkInterface[])
    .filter(({ ipv4s = [] }) => ipv4s.some(({ ip }) => ip === vip))
    .map(({ instance_id }) => instance_id);
}
