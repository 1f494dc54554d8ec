import { afterOneLook, afterTwoElections, afterTwoLooks, noOutage } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";
import { between } from "./network-partitions.ts";
import type { Impairment } from "../network/impairment.ts";

/** What does not get through: VRRP between the nodes, everything else between them, and what they ask the API. */
const VRRP = between(["primary"], ["secondary"], { only: "VRRP" });
const OTHERS = between(["primary"], ["secondary"], { only: "all but VRRP" });
const API = between(["primary", "secondary"], ["API"]);

const HEALS = "everything gets through again";

function cut(impairments: readonly Impairment[]): Pick<Fault, "group" | "lastsMs" | "levers" | "inject" | "heal"> {
  return {
    group: "network",
    lastsMs: 15_000,
    levers: ["packets"],
    inject: ({ lab }) => lab.impair(...impairments),
    heal: ({ lab }) => lab.healNetwork(),
  };
}

/**
 * VRRP, the agents' words and the API, each cut or not: `vrrp-blocked`, `partition-of-nodes` (VRRP and words) and
 * `api-unreachable` are three of the eight, and nothing at all is one.
 */
export const cutLinkFaults: readonly Fault[] = [
  {
    name: "all-but-vrrp-blocked",
    does: "VRRP alone gets through between the nodes: the agents do not hear each other",
    heals: HEALS,
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoElections,
    source: "a security group that allows protocol 112 alone",
    ...cut(OTHERS),
  },
  {
    name: "all-but-vrrp-and-api-blocked",
    does: "VRRP alone gets through between the nodes, and neither reaches the API",
    heals: HEALS,
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoLooks,
    source: "a security group that allows protocol 112 alone",
    ...cut([...OTHERS, ...API]),
  },
  {
    name: "vrrp-and-api-blocked",
    does: "VRRP does not get through between the nodes, and neither reaches the API; everything else does",
    heals: HEALS,
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterTwoLooks,
    source: "a security group without protocol 112, and a route that somebody changed",
    ...cut([...VRRP, ...API]),
  },
  {
    name: "nodes-and-api-blocked",
    does: "the nodes reach neither each other nor the API; the client reaches both",
    heals: HEALS,
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterTwoLooks,
    source: "network ACLs of a subnet that somebody changed",
    ...cut([...VRRP, ...OTHERS, ...API]),
  },
  {
    ...cut([]),
    name: "vrrp-alone-one-way",
    does: "the standby does not hear the VRRP of the node that serves; everything else gets through",
    heals: "it hears it again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a rule for protocol 112 in one direction",
    inject: ({ lab, serving, standby }) => lab.impair({ from: [serving.role], to: [standby.role], only: "VRRP" }),
  },
];
