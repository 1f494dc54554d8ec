import { DO_IT, NEW_PAIR } from "../commands.ts";
import { halfDone, type Judgement, LABEL, nothing, RECORD, type ResourceRules, rows, type Situation } from "./rule.ts";

const BILLING = nothing("only the billing or the bandwidth changes");
const NOT_UPDATED = halfDone(
  "the provider does not change it on a public address that is there: the deploy fails, and so does every later one",
  "set it back; a new public address can have it (replace it with -replace)",
);
const PUBLIC_UNBOUND: Judgement = {
  verdict: "public-address-changes",
  reason: "the public address is unbound and bound again: clients outside do not reach the pair meanwhile",
  remedy: `${DO_IT.deploy} in a maintenance window, with --allow public-address-changes here`,
};

/** The rules of the public address. */
export const EIP: ResourceRules = {
  noun: "public address (EIP)",
  created: nothing("the pair gets a public address, which is bound to the virtual one wherever that is"),
  deleted: {
    verdict: "public-address-changes",
    reason: "the public address goes back to the cloud, and cannot be had again",
    remedy: "keep the EIP (tencentcloud_eip of your own, given as 'eip') if anybody knows the address",
  },
  replaced: {
    verdict: "public-address-changes",
    reason: "the pair gets another public address, and the old one cannot be had again",
    remedy: "make the new EIP beside it, move the DNS records, and then give the pair the new one as 'eip'",
  },
  attributes: {
    ...rows("computed", "id", "public_ip", "status"),
    ...rows("replaces", "type", "anycast_zone", "internet_service_provider"),
    ...rows(LABEL, "name", "tags"),
    ...rows(BILLING, "internet_charge_type", "internet_max_bandwidth_out", "prepaid_period", "auto_renew_flag"),
    ...rows(NOT_UPDATED, "bandwidth_package_id", "anti_ddos_package_id", "egress"),
    ...rows(RECORD, "applicable_for_clb", "cdc_id"),
  },
};

/** The rules of what binds the public address to the private one. */
export const EIP_ASSOCIATION: ResourceRules = {
  noun: "binding of the public address",
  created: nothing("the public address is bound to where the virtual one is now"),
  deleted: {
    verdict: "public-address-changes",
    reason: "the public address is unbound, and clients outside no longer reach the pair",
    remedy: "leave 'eip' in the settings if they should",
  },
  replaced: PUBLIC_UNBOUND,
  attributes: {
    ...rows("computed", "id", "cdc_id"),
    ...rows("replaces", "eip_id", "instance_id", "network_interface_id", "private_ip"),
  },
};

const PARKING_MOVES = halfDone(
  "after a failover the virtual address is on a node, and not on the network interface that this changes: the deploy " +
    "fails, or leaves the public address unbound",
  NEW_PAIR,
);

/** The rules of the network interface on which the virtual address waits at first. */
export const ENI: ResourceRules = {
  noun: "parking network interface",
  created: nothing("a network interface is made on which the virtual address waits until a node is elected"),
  deleted: nothing("after a failover nothing is on it but its own address"),
  replaced: PARKING_MOVES,
  attributes: {
    ...rows("computed", "id", "cdc_id", "create_time", "ipv4_info", "mac", "primary", "state"),
    ...rows("replaces", "vpc_id", "subnet_id"),
    ...rows(LABEL, "name", "description", "tags"),
    ...rows(
      nothing("nothing is sent to or from the parking network interface"),
      "security_groups",
      "orderly_security_groups",
    ),
    ...rows(PARKING_MOVES, "ipv4s", "ipv4_count"),
  },
};

/** The rules of the HAVIP. */
export const HA_VIP: ResourceRules = {
  noun: "HAVIP",
  created: nothing("a new address is made; the nodes have it once they are associated"),
  deleted: {
    verdict: "address-moves",
    reason: "the virtual address goes back to the subnet, and nobody serves by it any more",
    remedy: "leave it in the stack, or destroy the whole pair",
  },
  replaced: {
    verdict: "address-moves",
    reason: "the virtual address is taken away and made anew: nobody has it until a node announces it again",
    remedy: NEW_PAIR,
  },
  attributes: {
    ...rows("computed", "id", "address_ip", "create_time", "instance_id", "network_interface_id", "state"),
    ...rows("replaces", "vpc_id", "subnet_id", "vip", "check_associate"),
    name: LABEL,
  },
};

/** The rules of what binds the public address to the HAVIP. */
export const HA_VIP_EIP_ATTACHMENT: ResourceRules = {
  ...EIP_ASSOCIATION,
  replaced: (situation) => goesWith(situation, ["tencentcloud_ha_vip", "tencentcloud_eip"]) ?? PUBLIC_UNBOUND,
  attributes: { id: "computed", ...rows("replaces", "address_ip", "havip_id") },
};

const DISSOCIATED: Judgement = {
  verdict: "address-moves",
  reason:
    "the node is not associated with the HAVIP, so that it cannot have the address: if it has it now, it loses it",
  remedy: `${DO_IT.drain} first, if it is the one that serves`,
};

/** The rules of a node's association with the HAVIP. */
export const HA_VIP_INSTANCE_ATTACHMENT: ResourceRules = {
  noun: "association of a node with the HAVIP",
  created: nothing("the node may have the virtual address"),
  deleted: (situation) => goesWith(situation, ["tencentcloud_instance", "tencentcloud_ha_vip"]) ?? DISSOCIATED,
  replaced: (situation) => goesWith(situation, ["tencentcloud_instance", "tencentcloud_ha_vip"]) ?? DISSOCIATED,
  attributes: { id: "computed", ...rows("replaces", "ha_vip_id", "instance_id", "instance_type") },
};

/** What a binding does that only follows another resource, which the plan names itself. */
function goesWith({ resource, pair, plan }: Situation, types: readonly string[]): Judgement | undefined {
  const id = String(resource.before["id"]);
  const leader = plan.resources.find(
    (each) =>
      types.includes(each.type) &&
      (each.action === "replace" || each.action === "delete") &&
      plan.memberOf.get(each.address) === pair &&
      // Its own id is made of those of what it binds; the provider reads the other attributes back from another binding.
      id.split("#").some((part) => part === each.before["id"] || part === each.before["public_ip"]),
  );
  return leader === undefined ? undefined : nothing(`it goes and comes with ${leader.address}`);
}
