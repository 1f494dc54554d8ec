import type { AttributeChange } from "../changes.ts";
import { NEW_PAIR } from "../commands.ts";
import { halfDone, type Judgement, LABEL, nothing, RECORD, type ResourceRules, rows, type Situation } from "./rule.ts";

/** What cannot be replaced, since the cloud deletes nothing that machines are in. */
function occupied(what: string): Judgement {
  return halfDone(`the cloud deletes no ${what} that has machines in it, and the deploy fails on the way`, NEW_PAIR);
}

/** The rules of the VPC. */
export const VPC: ResourceRules = {
  noun: "VPC",
  created: nothing("a network is made"),
  deleted: nothing("it goes last, once nothing is in it"),
  replaced: occupied("VPC"),
  attributes: {
    ...rows("computed", "id", "create_time", "default_route_table_id", "docker_assistant_cidrs", "is_default"),
    cidr_block: "replaces",
    ...rows(LABEL, "name", "tags"),
    dns_servers: nothing("a node gets the servers with its next lease, or at its next boot"),
    ...rows(nothing("the pair does not use it"), "is_multicast", "assistant_cidrs"),
    ...rows(RECORD, "enable_route_vpc_publish", "enable_route_vpc_publish_ipv6"),
  },
};

/** The rules of the subnet. */
export const SUBNET: ResourceRules = {
  noun: "subnet",
  created: nothing("a network is made"),
  deleted: nothing("it goes once nothing is in it"),
  replaced: occupied("subnet"),
  attributes: {
    ...rows("computed", "id", "available_ip_count", "create_time", "is_default"),
    ...rows("replaces", "vpc_id", "availability_zone", "cidr_block", "cdc_id"),
    ...rows(LABEL, "name", "tags"),
    is_multicast: nothing("the pair does not use it"),
    route_table_id: nothing(
      "the routes change at once; by the new ones the nodes must reach clients, the VPC API and the package repositories",
    ),
  },
};

/** The rules of the nodes' security group. */
export const SECURITY_GROUP: ResourceRules = {
  noun: "security group",
  created: nothing("a group is made"),
  deleted: nothing("it goes once no machine is in it"),
  replaced: occupied("security group"),
  attributes: { id: "computed", project_id: "replaces", ...rows(LABEL, "name", "description", "tags") },
};

interface TrafficRule {
  readonly action?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly cidr_block?: string;
}

/** The addresses between which everything passes, so that VRRP does, which is a protocol that the cloud has no name for. */
function peersOf(rules: unknown): string[] {
  return ((Array.isArray(rules) ? rules : []) as readonly TrafficRule[])
    .filter(({ action, protocol, port }) => action === "ACCEPT" && protocol === "ALL" && (port || "ALL") === "ALL")
    .map(({ cidr_block }) => cidr_block ?? "");
}

/** Whether everything passes to or from an address by one of some rules. */
function passes(peers: readonly string[], address: string): boolean {
  return peers.some((peer) => peer === address || peer === `${address}/32` || peer === "0.0.0.0/0");
}

function trafficRules({ name, before, after }: AttributeChange, { pair }: Situation): Judgement {
  const [was, is] = [peersOf(before), peersOf(after)];
  const lost = pair.nodes.map(({ privateIp }) => privateIp).filter((ip) => passes(was, ip) && !passes(is, ip));
  if (lost.length > 0) {
    return {
      verdict: "both-nodes",
      reason:
        `VRRP no longer passes ${name === "ingress" ? "from" : "to"} ${lost.join(" and ")}: the nodes do not hear each ` +
        "other, and both are MASTER",
      remedy: "let everything (protocol ALL, port ALL) pass between the two nodes, both ways",
    };
  }
  return nothing(
    name === "ingress"
      ? "the rules hold at once, for connections that are open as well: whom no rule lets in is cut off"
      : "the rules hold at once; the nodes must still reach the VPC API and the package repositories",
  );
}

/** The rules of the security group's rules. */
export const SECURITY_GROUP_RULE_SET: ResourceRules = {
  noun: "rules of the security group",
  created: nothing("the rules hold at once"),
  deleted: ({ pair, plan }) =>
    pair.nodes.every(({ resource }) => resource.action === "delete")
      ? nothing("the rules go with the nodes")
      : {
          verdict: "both-nodes",
          reason: "without rules nothing passes, VRRP neither: both nodes are MASTER, and no client reaches them",
          remedy: plan.pairs.length > 1 ? "leave the rules of every pair in the stack" : "leave the rules in the stack",
        },
  replaced: {
    verdict: "both-nodes",
    reason: "until the new rules are there nothing passes, VRRP neither",
    remedy: NEW_PAIR,
  },
  attributes: {
    ...rows("computed", "id", "version"),
    security_group_id: "replaces",
    ...rows(trafficRules, "ingress", "egress"),
  },
};
