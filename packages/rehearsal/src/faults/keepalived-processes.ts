import { sleep } from "../machine/process.ts";
import type { Node } from "../nodes/node.ts";
import { afterOneLook, afterSilence, afterTwoElections, noOutage, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const group = "keepalived";
const bySystemd = "systemd starts it again by itself";

/** keepalived is two processes: the parent, which systemd started first, and the child that speaks VRRP. */
const parent = (node: Node): number => required(node, 0);
const child = (node: Node): number => required(node, 1);

function required(node: Node, index: number): number {
  const pid = node.processes("keepalived")[index];
  if (pid === undefined) throw new Error(`keepalived has ${index} processes on the ${node.role}, more are meant`);
  return pid;
}

/** Kills all of keepalived every 200 ms for a while, whenever there is one. */
async function killRepeatedly(nodes: readonly Node[], forMs: number): Promise<void> {
  const end = Date.now() + forMs;
  while (Date.now() < end) {
    for (const node of nodes) for (const pid of node.processes("keepalived")) kill(pid, "SIGKILL");
    await sleep(200);
  }
}

/** It may end by itself meanwhile. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const nothing = async (): Promise<void> => {};

/** What becomes of the processes of keepalived, on the node that serves or on both. */
export const keepalivedProcessFaults: readonly Fault[] = [
  {
    name: "keepalived-killed",
    group,
    does: "all of keepalived is killed (SIGKILL)",
    heals: bySystemd,
    expects: "either",
    outageMs: afterSilence,
    convergesMs: afterTwoElections,
    source: "out of memory; keepalived issue 2087",
    levers: ["keepalived of serving"],
    inject: async ({ serving }) => serving.signal("keepalived", "SIGKILL"),
    heal: nothing,
  },
  {
    name: "keepalived-parent-killed",
    group,
    does: "keepalived's parent process is killed, its child lives on",
    heals: bySystemd,
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "seen with upstream's unit, KillMode=process",
    levers: ["keepalived of serving"],
    inject: async ({ serving }) => kill(parent(serving), "SIGKILL"),
    heal: nothing,
  },
  {
    name: "keepalived-child-killed",
    group,
    does: "keepalived's VRRP process is killed, its parent lives on",
    heals: "the parent starts another one",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "before 2.0.19 the VIP stays on both nodes",
    levers: ["keepalived of serving"],
    inject: async ({ serving }) => kill(child(serving), "SIGKILL"),
    heal: nothing,
  },
  {
    name: "keepalived-terminated",
    group,
    does: "keepalived's parent process gets SIGTERM, a clean exit",
    heals: bySystemd,
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: plus(5_000, afterOneLook),
    source: "Restart=on-failure does not bring it back",
    levers: ["keepalived of serving"],
    inject: async ({ serving }) => kill(parent(serving), "SIGTERM"),
    heal: nothing,
  },
  {
    name: "keepalived-terminated-on-standby",
    group,
    does: "the standby's keepalived gets SIGTERM, a clean exit",
    heals: bySystemd,
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "Restart=on-failure does not bring it back",
    levers: ["keepalived of standby"],
    inject: async ({ standby }) => kill(parent(standby), "SIGTERM"),
    heal: nothing,
  },
  {
    name: "keepalived-crash-loop",
    group,
    does: "keepalived is killed every 200 ms for 10 s on the node that serves",
    heals: bySystemd,
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: plus(5_000, afterOneLook),
    source: "systemd gives up after five quick failures",
    levers: ["keepalived of serving"],
    inject: ({ serving }) => killRepeatedly([serving], 10_000),
    heal: nothing,
  },
  {
    name: "keepalived-crash-loop-on-both",
    group,
    does: "keepalived is killed every 200 ms for 10 s on both nodes",
    heals: bySystemd,
    expects: "nobody",
    outageMs: plus(5_000, afterTwoElections),
    convergesMs: plus(5_000, afterOneLook),
    source: "systemd gives up after five quick failures, and nobody serves for good",
    lastsMs: 0,
    levers: ["keepalived of serving", "keepalived of standby"],
    inject: ({ serving, standby }) => killRepeatedly([serving, standby], 10_000),
    heal: nothing,
  },
  {
    name: "keepalived-frozen",
    group,
    does: "keepalived is frozen (SIGSTOP) on the node that serves",
    heals: "it goes on (SIGCONT)",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterOneLook,
    source: "a hypervisor's stall; keepalived issue 2238",
    lastsMs: 5_000,
    levers: ["keepalived of serving"],
    inject: async ({ serving }) => serving.signal("keepalived", "SIGSTOP"),
    heal: async ({ serving }) => serving.signal("keepalived", "SIGCONT"),
  },
  {
    name: "keepalived-frozen-on-standby",
    group,
    does: "keepalived is frozen (SIGSTOP) on the standby",
    heals: "it goes on (SIGCONT)",
    expects: "stays",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "a hypervisor's stall",
    lastsMs: 8_000,
    levers: ["keepalived of standby"],
    inject: async ({ standby }) => standby.signal("keepalived", "SIGSTOP"),
    heal: async ({ standby }) => standby.signal("keepalived", "SIGCONT"),
  },
];
