import type { Impairment, Party } from "../network/impairment.ts";
import { afterOneLook, afterSilence, afterTwoElections, afterTwoLooks, noOutage, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const group = "network";

/** In both directions. */
export function between(
  one: readonly Party[],
  other: readonly Party[],
  more: Omit<Impairment, "from" | "to"> = {},
): Impairment[] {
  return [
    { from: one, to: other, ...more },
    { from: other, to: one, ...more },
  ];
}

const everybody: readonly Party[] = ["primary", "secondary", "client", "API", "metadata service"];

/** Who does not reach whom, though all links are up. */
export const partitionFaults: readonly Fault[] = [
  {
    name: "node-isolated",
    group,
    does: "the node that serves reaches nobody, though its link is up",
    heals: "it reaches everybody again",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterOneLook,
    source: "a host whose uplink has failed",
    lastsMs: 8_000,
    levers: ["packets"],
    inject: ({ lab, serving }) => lab.impair(...between([serving.role], everybody)),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "partition-of-nodes",
    group,
    does: "the nodes do not reach each other; both reach the API and the client",
    heals: "they reach each other again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "keepalived issues 100, 950, 1884: after the healing the address stays on the wrong node",
    lastsMs: 15_000,
    levers: ["packets"],
    inject: ({ lab }) => lab.impair(...between(["primary"], ["secondary"])),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "vrrp-blocked",
    group,
    does: "VRRP does not get through between the nodes; everything else does",
    heals: "it gets through again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a security group without protocol 112",
    lastsMs: 15_000,
    levers: ["packets"],
    inject: ({ lab }) => lab.impair(...between(["primary"], ["secondary"], { only: "VRRP" })),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "vrrp-one-way",
    group,
    does: "the standby does not hear the node that serves, which hears the standby",
    heals: "it hears it again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a firewall on one node; keepalived issue 2087",
    lastsMs: 10_000,
    levers: ["packets"],
    inject: ({ lab, serving, standby }) => lab.impair({ from: [serving.role], to: [standby.role] }),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "vrrp-one-way-back",
    group,
    does: "the node that serves does not hear the standby, which hears it",
    heals: "it hears it again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoElections,
    source: "a firewall on one node",
    lastsMs: 10_000,
    levers: ["packets"],
    inject: ({ lab, serving, standby }) => lab.impair({ from: [standby.role], to: [serving.role] }),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "packets-lost",
    group,
    does: "30 of 100 packets between the nodes and everybody are lost",
    heals: "all get through again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "an overloaded host",
    lastsMs: 10_000,
    levers: ["packets"],
    inject: ({ lab }) => lab.impair(...between(["primary", "secondary"], everybody, { lossPercent: 30 })),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "api-unreachable",
    group,
    does: "neither node reaches the API, and nothing else happens",
    heals: "both reach it again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoLooks,
    source: "a route or a security group that somebody changed",
    lastsMs: 12_000,
    levers: ["packets"],
    inject: ({ lab }) => lab.impair(...between(["primary", "secondary"], ["API"])),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "api-unreachable-from-serving",
    group,
    does: "the node that serves does not reach the API, and nothing else happens",
    heals: "it reaches it again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoLooks,
    source: "a node without a public address and a NAT that is gone",
    lastsMs: 12_000,
    levers: ["packets"],
    inject: ({ lab, serving }) => lab.impair(...between([serving.role], ["API"])),
    heal: ({ lab }) => lab.healNetwork(),
  },
  {
    name: "api-unreachable-from-standby",
    group,
    does: "the standby does not reach the API, and then the node that serves stops",
    heals: "it reaches it again, and keepalived is started",
    expects: "nobody",
    outageMs: plus(10_000, afterTwoLooks),
    convergesMs: afterTwoLooks,
    source: "a node without a public address and a NAT that is gone",
    mechanisms: ["secondary-private-ip"],
    lastsMs: 5_000,
    levers: ["packets", "keepalived of serving"],
    inject: async (scene) => {
      await scene.lab.impair(...between([scene.standby.role], ["API"]));
      await scene.serving.shell("systemctl stop keepalived");
    },
    heal: async ({ lab, serving }) => {
      await lab.healNetwork();
      await serving.shell("systemctl start keepalived");
    },
  },
];
