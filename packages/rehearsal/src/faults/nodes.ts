import { SETUP_PATHS } from "pairctl/contract";
import {
  afterBoot,
  afterFirstBoot,
  afterOneLook,
  afterResignation,
  afterSilence,
  noOutage,
  plus,
} from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";
import { waitFor } from "../machine/wait.ts";

const group = "node";
const powerOn = "it is switched on again, with its old disk";

/** What becomes of whole nodes. */
export const nodeFaults: readonly Fault[] = [
  {
    name: "node-crashed",
    group,
    does: "the node that serves crashes: no power, no network",
    heals: powerOn,
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterBoot,
    source: "what the pair is for",
    healsInPlace: true,
    levers: ["power of serving"],
    inject: ({ serving }) => serving.crash(),
    heal: ({ serving }) => serving.powerOn(),
  },
  {
    name: "node-powered-off",
    group,
    does: "the node that serves is shut down",
    heals: powerOn,
    expects: "moves",
    outageMs: afterResignation,
    convergesMs: afterBoot,
    source: "every maintenance",
    healsInPlace: true,
    levers: ["power of serving"],
    inject: ({ serving }) => serving.powerOff(),
    heal: ({ serving }) => serving.powerOn(),
  },
  {
    name: "node-rebooted",
    group,
    does: "the node that serves is rebooted",
    heals: "by itself",
    expects: "moves",
    outageMs: afterResignation,
    convergesMs: afterBoot,
    source: "every kernel update",
    healsInPlace: true,
    levers: ["power of serving"],
    inject: ({ serving }) => serving.reboot(),
    heal: async () => {},
  },
  {
    name: "standby-crashed",
    group,
    does: "the standby crashes",
    heals: powerOn,
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterBoot,
    source: "the other half of what the pair is for",
    lastsMs: 5_000,
    healsInPlace: true,
    levers: ["power of standby"],
    inject: ({ standby }) => standby.crash(),
    heal: ({ standby }) => standby.powerOn(),
  },
  {
    name: "standby-rebooted",
    group,
    does: "the standby is rebooted",
    heals: "by itself",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterBoot,
    source: "every kernel update",
    healsInPlace: true,
    levers: ["power of standby"],
    inject: ({ standby }) => standby.reboot(),
    heal: async () => {},
  },
  {
    name: "both-nodes-crashed",
    group,
    does: "both nodes crash at once",
    heals: "both are switched on again, with their old disks",
    expects: "nobody",
    outageMs: afterBoot,
    convergesMs: afterBoot,
    source: "a rack without power",
    levers: ["power of serving", "power of standby"],
    inject: ({ serving, standby }) => Promise.all([serving.crash(), standby.crash()]),
    heal: ({ serving, standby }) => Promise.all([serving.powerOn(), standby.powerOn()]),
  },
  {
    name: "both-nodes-rebooted",
    group,
    does: "both nodes are rebooted at once",
    heals: "by itself",
    expects: "nobody",
    outageMs: afterBoot,
    convergesMs: afterBoot,
    source: "a kernel update without thought",
    lastsMs: 0,
    levers: ["power of serving", "power of standby"],
    inject: ({ serving, standby }) => Promise.all([serving.reboot(), standby.reboot()]),
    heal: async () => {},
  },
  {
    name: "node-replaced",
    group,
    does: "the node that serves is lost with its disk",
    heals: "another machine takes its place: same address and user data, empty disk",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterFirstBoot,
    source: "Terraform replaces an instance",
    healsInPlace: true,
    levers: ["power of serving"],
    inject: ({ serving }) => serving.replaceDisk(),
    heal: ({ serving }) => serving.powerOn(),
  },
  {
    name: "node-half-set-up",
    group,
    does: "another machine takes the standby's place, and loses power in the middle of its setup",
    heals: "it is switched on again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterFirstBoot,
    source: "a node that was rebooted in the midst of its first boot ran keepalived without pairctl",
    inject: async ({ standby }) => {
      await standby.replaceDisk();
      await standby.powerOn();
      await waitFor({
        what: "the moment in the standby's setup in which keepalived may start",
        budgetMs: 60_000,
        look: () =>
          standby.read(SETUP_PATHS.keepalivedMayStart) === undefined ? { seen: standby.bootLog() } : { found: true },
      });
      if (standby.read(SETUP_PATHS.setUp) !== undefined) throw new Error("the standby's setup was over already");
      await standby.crash();
    },
    heal: ({ standby }) => standby.powerOn(),
  },
  {
    name: "disk-full",
    group,
    does: "the disk of the standby is full, and then the node that serves stops",
    heals: "the disk is emptied and keepalived started again",
    expects: "moves",
    outageMs: afterResignation,
    convergesMs: afterOneLook,
    source: "logs that nobody rotates",
    levers: ["disk of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await standby.shell(
        "dd if=/dev/zero of=/var/fill bs=1M 2>/dev/null; test $(df --output=avail / | tail -1) -lt 100",
      );
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await standby.shell("rm /var/fill");
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "run-read-only",
    group,
    does: "/run of the standby is read-only, and then the node that serves stops",
    heals: "/run is writable and keepalived started again",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "flock on a read-only /run exits with 73, and pairctl never runs",
    levers: ["disk of standby", "pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      // Over itself: what is mounted there cannot be made so, while the journal has a file open to write to it.
      await standby.shell("mount --rbind /run /run && mount -o remount,bind,ro /run");
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await standby.shell("umount --lazy /run");
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "run-full",
    group,
    does: "/run of the standby is full, and then the node that serves stops",
    heals: "/run is emptied and keepalived started again",
    expects: "moves",
    outageMs: afterResignation,
    convergesMs: afterOneLook,
    source: "a leaking log of another program",
    levers: ["disk of standby", "pairctl of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await standby.shell(
        // Made as small as what lies in it, and filled from there: as a fifth of the memory, which it is, that takes long.
        `df -k --output=size,used /run | { read -r _; read -r size used; echo $size >/root/run-size
          mount -o remount,size=$((used + 256))k /run; }
        dd if=/dev/zero of=/run/fill bs=4k 2>/dev/null; test $(df -k --output=avail /run | tail -1) -lt 4`,
      );
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await standby.shell("rm /run/fill && mount -o remount,size=$(cat /root/run-size)k /run && rm /root/run-size");
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "cpu-starved",
    group,
    does: "four processes that only burn CPU run on each node for 8 s",
    heals: "they end",
    expects: "stays",
    // The client and the cloud wait for the same processors.
    outageMs: plus(700, noOutage),
    convergesMs: afterOneLook,
    source: "a noisy neighbour; keepalived issue 2238",
    levers: ["CPU of serving", "CPU of standby"],
    inject: ({ serving, standby }) =>
      Promise.all(
        [serving, standby].map((node) =>
          node.shell("for i in 1 2 3 4; do timeout 8 sh -c 'while :; do :; done' & done; wait; true", 30_000),
        ),
      ),
    heal: async () => {},
  },
];
