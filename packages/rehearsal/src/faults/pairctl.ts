import { NODE_PATHS } from "pairctl/contract";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { PAIRCTL_SERVICE, PAIRCTL_TIMER } from "../nodes/node-paths.ts";
import { afterOneLook, afterSilence, afterTwoLooks, noOutage, plus } from "../timing/bounds.ts";
import type { Fault, Scene } from "./fault.ts";

const group = "pairctl";
const startAgain = ({ serving }: Scene) => serving.shell("systemctl start keepalived");

/** The agent's process, as soon as there is one. */
function pairctlProcess(node: Node) {
  return waitFor<number>({
    what: `pairctl on the ${node.role}`,
    budgetMs: 15_000,
    look: () => {
      const pid = node.processes("node")[0] ?? node.processes("pairctl")[0];
      return pid === undefined ? { seen: "no process called node or pairctl" } : { found: pid };
    },
  });
}

/** Moments of a run of pairctl, in ms from the notification that it is for, at which the next one comes. */
const MOMENTS_MS = [0, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180];
/** The next look would make up for a lost notification, but its receipt would not say so. */
const NOTIFIED_WITHIN_MS = 3_000;

/** Tells the serving node what it knows already, that it is MASTER, at a moment of a run of pairctl. */
async function notifyDuringRun(node: Node, moment: number): Promise<void> {
  await node.shell(`${NODE_PATHS.notify} MASTER; sleep ${moment / 1000}`);
  const since = Date.now();
  await node.shell(`${NODE_PATHS.notify} MASTER`);
  await waitFor({
    what: `pairctl's receipt for a notification ${moment} ms after the start of a run`,
    budgetMs: NOTIFIED_WITHIN_MS,
    look: () => {
      const triggers = node.receipts(since).map(({ trigger }) => trigger);
      return triggers.includes("MASTER") ? { found: true } : { seen: `receipts with triggers [${triggers.join()}]` };
    },
  });
}

/** What becomes of pairctl itself. */
export const pairctlFaults: readonly Fault[] = [
  {
    name: "notified-during-a-run",
    group,
    does: "keepalived notifies at twelve moments of a run of pairctl; none may be lost",
    heals: "by itself",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "systemd drops a start of a unit that runs",
    lastsMs: 0,
    inject: async ({ serving }) => {
      for (const moment of MOMENTS_MS) await notifyDuringRun(serving, moment);
    },
    heal: async () => {},
  },
  {
    name: "pairctl-killed",
    group,
    does: "the standby's agent is killed while the node that serves is being stopped",
    heals: "systemd starts it again, and keepalived is started",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "out of memory",
    levers: ["pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      process.kill(await pairctlProcess(standby), "SIGKILL");
      await serving.shell("systemctl stop keepalived");
    },
    heal: startAgain,
  },
  {
    name: "pairctl-frozen",
    group,
    does: "the standby's agent freezes (SIGSTOP) while the node that serves is being stopped",
    heals: "the timer starts the agent anew, and keepalived is started",
    expects: "moves",
    outageMs: plus(20_000, afterTwoLooks),
    convergesMs: plus(20_000, afterTwoLooks),
    source: "a program that hangs, and looks as if it ran",
    // Before the standby is MASTER: it must not have moved the address already.
    inject: async ({ serving, standby }) => {
      process.kill(await pairctlProcess(standby), "SIGSTOP");
      await serving.shell("systemctl stop keepalived");
    },
    heal: startAgain,
  },
  {
    name: "timer-stopped",
    group,
    does: "somebody stops pairctl's timer on the standby, and then the node that serves stops",
    heals: "the timer and keepalived are started",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterOneLook,
    source: "a clean-up of timers",
    levers: ["pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await standby.shell(`systemctl stop ${PAIRCTL_TIMER}`);
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await standby.shell(`systemctl start ${PAIRCTL_TIMER}`);
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "service-masked",
    group,
    does: "pairctl's service is masked on the standby for a minute's work, and unmasked",
    heals: "by itself",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoLooks,
    source: "a masked service kills its timer",
    lastsMs: 12_000,
    levers: ["pairctl of standby"],
    inject: ({ standby }) => standby.shell(`systemctl mask --runtime ${PAIRCTL_SERVICE}`),
    heal: ({ standby }) => standby.shell(`systemctl unmask --runtime ${PAIRCTL_SERVICE}`),
  },
  {
    name: "nodejs-removed",
    group,
    does: "Node.js vanishes from the standby, and then the node that serves stops",
    heals: "Node.js is back, and keepalived is started",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterTwoLooks,
    source: "a package that conflicts with it",
    lastsMs: 8_000,
    levers: ["pairctl of standby", "keepalived of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await standby.shell("mv $(readlink -f $(command -v node)) /root/node.kept");
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await standby.shell("cp -p /root/node.kept $(readlink -m /usr/bin/node) && rm /root/node.kept");
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "pairctl-upgraded",
    group,
    does: "pairctl's program is replaced by itself, by rename, while the node that serves is being stopped",
    heals: "keepalived is started",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "every change that is rolled out to running nodes",
    levers: ["pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      const replacing = standby.shell(
        `for i in $(seq 40); do cp -p ${NODE_PATHS.command} ${NODE_PATHS.command}.new && mv ${NODE_PATHS.command}.new ${NODE_PATHS.command}; sleep 0.05; done`,
      );
      await serving.shell("systemctl stop keepalived");
      await replacing;
      await sleep(100);
    },
    heal: startAgain,
  },
];
