import { sleep } from "../machine/process.ts";
import {
  afterOneLook,
  afterResignation,
  afterSilence,
  afterTwoElections,
  afterTwoLooks,
  noOutage,
  plus,
} from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const group = "network";

/** What becomes of the nodes' cables and interfaces. */
export const linkFaults: readonly Fault[] = [
  {
    name: "cable-pulled",
    group,
    does: "the network cable of the node that serves is pulled",
    heals: "it is plugged in again",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterOneLook,
    source: "what the pair is for",
    lastsMs: 3_000,
    healsInPlace: true,
    levers: ["cable of serving"],
    inject: ({ lab, serving }) => lab.fabric.cutOff(serving.port),
    heal: ({ lab, serving }) => lab.fabric.reconnect(serving.port),
  },
  {
    name: "cable-flapping",
    group,
    does: "the network cable of the node that serves is pulled and plugged in six times, every 700 ms",
    heals: "it stays plugged in",
    expects: "either",
    outageMs: plus(9_000, afterTwoElections),
    convergesMs: afterOneLook,
    source: "a bad transceiver",
    levers: ["cable of serving"],
    inject: async ({ lab, serving }) => {
      for (let time = 0; time < 6; time += 1) {
        await lab.fabric.cutOff(serving.port);
        await sleep(700);
        await lab.fabric.reconnect(serving.port);
        await sleep(700);
      }
    },
    heal: async () => {},
  },
  {
    name: "cable-of-standby-pulled",
    group,
    does: "the network cable of the standby is pulled",
    heals: "it is plugged in again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "the other half of what the pair is for",
    lastsMs: 5_000,
    levers: ["cable of standby"],
    inject: ({ lab, standby }) => lab.fabric.cutOff(standby.port),
    heal: ({ lab, standby }) => lab.fabric.reconnect(standby.port),
  },
  {
    name: "interface-replaced",
    group,
    does: "the network interface of the node that serves is taken away and another one is put in its place",
    heals: "by itself",
    expects: "either",
    outageMs: afterSilence,
    convergesMs: plus(20_000, afterTwoLooks),
    source: "seen with 2.2.7: BACKUP for ever",
    levers: ["cable of serving", "firewall of serving", "keepalived of serving"],
    inject: ({ lab, serving }) => lab.fabric.replaceInterface(serving.port),
    heal: async () => {},
  },
  {
    name: "interface-of-standby-replaced",
    group,
    does: "the network interface of the standby is taken away and another one is put in its place",
    heals: "by itself",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: plus(20_000, afterTwoLooks),
    source: "seen with 2.2.7: BACKUP for ever",
    levers: ["cable of standby", "firewall of standby", "keepalived of standby"],
    inject: ({ lab, standby }) => lab.fabric.replaceInterface(standby.port),
    heal: async () => {},
  },
  {
    name: "arp-believed-late",
    group,
    does: "the fabric takes 3 s to believe a gratuitous ARP, and then the node that serves stops",
    heals: "it takes 20 ms again, and keepalived is started",
    expects: "moves",
    outageMs: plus(3_000, afterResignation),
    convergesMs: afterOneLook,
    source: "the vendor's documents: a HAVIP's switch takes up to 10 s",
    mechanisms: ["havip"],
    levers: ["gratuitous ARP", "keepalived of serving"],
    inject: async ({ lab, serving }) => {
      lab.arpDelayMs = 3_000;
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ lab, serving }) => {
      lab.arpDelayMs = 20;
      await serving.shell("systemctl start keepalived");
    },
  },
];
