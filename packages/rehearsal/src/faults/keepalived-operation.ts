import { afterOneLook, afterResignation, afterTwoElections, noOutage, plus } from "../timing/bounds.ts";
import { reinstall } from "./debian-package.ts";
import type { Fault } from "./fault.ts";

const group = "keepalived";
const nothing = async (): Promise<void> => {};

const upgrade = {
  group,
  heals: "by itself: the package's maintainer scripts restart keepalived",
  convergesMs: afterOneLook,
  source: "unattended-upgrades",
  heal: nothing,
} as const;

/** What operators do with keepalived, and with its address. */
export const keepalivedOperationFaults: readonly Fault[] = [
  {
    name: "keepalived-stopped",
    group,
    does: "keepalived is stopped in order",
    heals: "it is started again",
    expects: "moves",
    outageMs: afterResignation,
    convergesMs: afterTwoElections,
    source: "every maintenance",
    healsInPlace: true,
    levers: ["keepalived of serving"],
    inject: ({ serving }) => serving.shell("systemctl stop keepalived"),
    heal: ({ serving }) => serving.shell("systemctl start keepalived"),
  },
  {
    name: "keepalived-restarted",
    group,
    does: "keepalived is restarted",
    heals: "by itself",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterTwoElections,
    source: "every change of the configuration",
    levers: ["keepalived of serving"],
    inject: ({ serving }) => serving.shell("systemctl restart keepalived"),
    heal: nothing,
  },
  {
    name: "keepalived-restarted-on-both",
    group,
    does: "keepalived is restarted on both nodes at once",
    heals: "by itself",
    expects: "nobody",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "a package upgrade on both nodes at once",
    lastsMs: 0,
    levers: ["keepalived of serving", "keepalived of standby"],
    inject: ({ serving, standby }) =>
      Promise.all([serving, standby].map((node) => node.shell("systemctl restart keepalived"))),
    heal: nothing,
  },
  {
    name: "keepalived-restarted-on-standby",
    group,
    does: "keepalived is restarted on the standby",
    heals: "by itself",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoElections,
    source: "every maintenance",
    healsInPlace: true,
    levers: ["keepalived of standby"],
    inject: ({ standby }) => standby.shell("systemctl restart keepalived"),
    heal: nothing,
  },
  {
    name: "keepalived-reloaded",
    group,
    does: "keepalived reloads its configuration",
    heals: "by itself",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterTwoElections,
    source: "every change of the configuration",
    levers: ["keepalived of serving"],
    inject: ({ serving }) => serving.shell("systemctl reload keepalived"),
    heal: nothing,
  },
  {
    name: "keepalived-reloaded-broken",
    group,
    does: "keepalived reloads a configuration in which a brace is missing",
    heals: "the configuration is put right and keepalived reloads it",
    expects: "either",
    outageMs: plus(5_000, afterTwoElections),
    convergesMs: plus(5_000, afterOneLook),
    source: "seen with 2.2.7: the unit fails for good",
    lastsMs: 3_000,
    levers: ["keepalived of serving"],
    inject: ({ serving }) =>
      serving.shell(
        "cd /etc/keepalived && cp -p keepalived.conf /root/good.conf && sed -i '$d' keepalived.conf && systemctl reload keepalived; true",
      ),
    heal: ({ serving }) =>
      serving.shell(
        "cp -p /root/good.conf /etc/keepalived/keepalived.conf && systemctl reload-or-restart keepalived && rm /root/good.conf",
      ),
  },
  {
    ...upgrade,
    name: "keepalived-upgraded",
    does: "dpkg installs keepalived's package over itself on the node that serves",
    expects: "either",
    outageMs: afterTwoElections,
    levers: ["keepalived of serving", "disk of serving"],
    inject: ({ serving }) => reinstall(serving, "keepalived"),
  },
  {
    ...upgrade,
    name: "keepalived-upgraded-on-standby",
    does: "dpkg installs keepalived's package over itself on the standby",
    expects: "stays",
    outageMs: noOutage,
    levers: ["keepalived of standby", "disk of standby"],
    inject: ({ standby }) => reinstall(standby, "keepalived"),
  },
  {
    name: "vip-deleted",
    group,
    does: "the VIP is deleted from the interface of the node that serves",
    heals: "by itself",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterOneLook,
    source: "seen with 2.2.7: keepalived steps down without a notification",
    inject: ({ serving, lab }) => serving.shell(`ip address delete ${lab.stack.vip}/32 dev eth0`),
    heal: nothing,
  },
];
