import { PAIRCTL_SERVICE } from "../nodes/node-paths.ts";
import { afterOneLook, afterTwoElections, afterTwoLooks, noOutage, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const group = "node";
const MB = 2 ** 20;

/** Runs Python as a unit of the node: a command that only enters the node is not in its cgroup. */
const IN_THE_NODE = "systemd-run --pipe --wait --collect --property=RuntimeMaxSec=20 python3 -c";

/** Takes more memory than there is, again and again for 8 s. Fails where the OOM killer ends it not once. */
const EAT_MEMORY = `
  kills=0
  end=$(($(date +%s) + 8))
  while [ $(date +%s) -lt $end ]; do
    ${IN_THE_NODE} 'eaten = [b"x" * (1 << 20) for _ in range(500)]' 2>&1 | grep -q status=KILL && kills=$((kills + 1))
  done
  [ $kills -gt 0 ]`;

/** Takes memory until the OOM killer, which prefers them, has ended one of the processes that are named. */
const EATER_OF_PROCESSES = `
import os, sys, time
pids = sys.argv[1:]
for pid in pids:
    open(f"/proc/{pid}/oom_score_adj", "w").write("1000")
open("/proc/self/oom_score_adj", "w").write("-1000")
eaten = []
while all(os.path.exists(f"/proc/{pid}") for pid in pids):
    if len(eaten) > 500:
        sys.exit("they live on")
    eaten.append(b"x" * (1 << 20))
    time.sleep(0.005)
`;

/**
 * Takes memory until the OOM killer has ended one of some processes. Sometimes it ends the eater as well: what counts is
 * that one of them has ended.
 *
 * @param pids a command of shell that prints their ids
 */
const eatFor = (pids: string): string => `
  pids=$(${pids})
  [ "$pids" ] || exit 1
  ${IN_THE_NODE} '${EATER_OF_PROCESSES}' $pids
  for pid in $pids; do
    [ -e /proc/$pid ] || exit 0
  done
  exit 1`;

/** The drop-in that makes pairctl the first to be ended; it is gone with the next boot. */
const DROP_IN = `/run/systemd/system/${PAIRCTL_SERVICE}.d`;

/** What becomes of a node whose memory is used up. */
export const memoryFaults: readonly Fault[] = [
  {
    name: "memory-exhausted",
    group,
    does: "for 8 s, a program on the node that serves takes all memory, is ended by the OOM killer, and starts over",
    heals: "it is gone",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "a leak in the service itself",
    levers: ["memory of serving", "keepalived of serving"],
    inject: async ({ serving }) => {
      serving.limitMemory(96 * MB);
      await serving.shell(EAT_MEMORY, 30_000);
    },
    heal: async ({ serving }) => serving.limitMemory(undefined),
  },
  {
    name: "keepalived-out-of-memory",
    group,
    does: "the OOM killer ends keepalived on the node that serves",
    heals: "systemd or its parent process starts it again, and there is memory",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "keepalived is what the OOM killer ends where everything bigger is protected",
    inject: async ({ serving }) => {
      serving.limitMemory(64 * MB);
      await serving.shell(eatFor("pgrep -x keepalived"), 30_000);
    },
    heal: async ({ serving }) => serving.limitMemory(undefined),
  },
  {
    name: "pairctl-out-of-memory-on-both",
    group,
    does: "the OOM killer ends the agents of both nodes",
    heals: "systemd starts them again, and there is memory",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "Node.js takes more memory than anything else on a small node: nobody may be without an agent for long",
    levers: ["memory of serving", "pairctl of serving", "memory of standby", "pairctl of standby"],
    inject: async ({ serving, standby }) => {
      for (const node of [serving, standby]) {
        node.limitMemory(64 * MB);
        await node.shell(eatFor(`systemctl show --property MainPID --value ${PAIRCTL_SERVICE}`), 30_000);
      }
    },
    heal: async ({ serving, standby }) => {
      for (const node of [serving, standby]) node.limitMemory(undefined);
    },
  },
  {
    name: "pairctl-out-of-memory",
    group,
    does: "the agent on the standby is ended by the OOM killer, whenever it starts, and then the node that serves stops",
    heals: "there is memory, and keepalived is started",
    expects: { havip: "moves", "secondary-private-ip": "nobody" },
    outageMs: plus(5_000, afterTwoLooks),
    convergesMs: afterTwoLooks,
    source: "Node.js takes more memory at once than anything else on a small node",
    lastsMs: 8_000,
    levers: ["memory of standby", "pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await standby.shell(
        `mkdir -p ${DROP_IN} && printf '[Service]\\nOOMScoreAdjust=1000\\n' >${DROP_IN}/victim.conf && systemctl daemon-reload`,
      );
      standby.limitMemory(12 * MB);
      await standby.shell(`systemctl restart ${PAIRCTL_SERVICE}`);
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      standby.limitMemory(undefined);
      await standby.shell(`rm -r ${DROP_IN} && systemctl daemon-reload && systemctl restart ${PAIRCTL_SERVICE}`);
      await serving.shell("systemctl start keepalived");
    },
  },
];
