import { NODE_PATHS } from "pairctl/contract";
import { afterOneLook, afterTwoElections, noOutage, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const WELL = "/run/service-is-well";

/** Lines of shell that make the service of a node ill, and well again. */
export const [FALL_ILL, GET_WELL] = [`touch ${WELL}.not`, `rm -f ${WELL}.not`];

/** The shipped timing of a check but for its interval: twice in a row, and 2 s until it counts as failed. */
export const SETTINGS_WITH_CHECK = {
  healthCheck: {
    command: `test ! -e ${WELL}.not && ! { test -e ${WELL}.hangs && sleep 60; } && { test ! -e ${WELL}.slow || sleep 1; }`,
    intervalSeconds: 1,
  },
} as const;

/** Two failures in a row, and their time limit where the check hangs. */
export const DETECTED_MS = 3_000;
const TIMEOUT_MS = 5_000;

const check = { group: "health check", settings: SETTINGS_WITH_CHECK } as const;

/** Where the pair's scripts for keepalived are. The only one beside `notify` is the check. */
const CHECK = `${NODE_PATHS.libexec}/check_service_1`;

/** What becomes of the service that keepalived checks. */
export const healthCheckFaults: readonly Fault[] = [
  {
    ...check,
    name: "check-fails",
    does: "the service of the node that serves is ill",
    heals: "it is well again",
    expects: "moves",
    outageMs: plus(DETECTED_MS, afterTwoElections),
    convergesMs: afterOneLook,
    source: "what the check is for",
    lastsMs: 5_000,
    healsInPlace: true,
    levers: ["service of serving"],
    inject: ({ serving }) => serving.shell(FALL_ILL),
    heal: ({ serving }) => serving.shell(GET_WELL),
  },
  {
    ...check,
    name: "check-fails-on-standby",
    does: "the service of the standby is ill",
    heals: "it is well again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "a standby in FAULT: no signal was red",
    lastsMs: 12_000,
    healsInPlace: true,
    levers: ["service of standby"],
    inject: ({ standby }) => standby.shell(FALL_ILL),
    heal: ({ standby }) => standby.shell(GET_WELL),
  },
  {
    ...check,
    name: "check-fails-on-both",
    does: "the services of both nodes are ill",
    heals: "both are well again",
    expects: "nobody",
    outageMs: plus(DETECTED_MS, afterOneLook),
    convergesMs: plus(DETECTED_MS, afterOneLook),
    source: "both in FAULT: status said agree",
    lastsMs: 25_000,
    levers: ["service of serving", "service of standby"],
    inject: ({ serving, standby }) => Promise.all([serving, standby].map((node) => node.shell(FALL_ILL))),
    heal: ({ serving, standby }) => Promise.all([serving, standby].map((node) => node.shell(GET_WELL))),
  },
  {
    ...check,
    name: "check-hangs",
    does: "the check of the node that serves hangs",
    heals: "it answers again",
    expects: "moves",
    outageMs: plus(DETECTED_MS + TIMEOUT_MS, afterTwoElections),
    convergesMs: plus(TIMEOUT_MS, afterOneLook),
    source: "a service that accepts connections and does not answer",
    lastsMs: 5_000,
    levers: ["service of serving"],
    inject: ({ serving }) => serving.shell(`touch ${WELL}.hangs`),
    heal: ({ serving }) => serving.shell(`rm ${WELL}.hangs`),
  },
  {
    ...check,
    name: "check-slow",
    does: "the service of the node that serves answers the check a second late, which is in time",
    heals: "it answers at once again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "a check that overlaps its own interval",
    lastsMs: 10_000,
    levers: ["service of serving"],
    inject: ({ serving }) => serving.shell(`touch ${WELL}.slow`),
    heal: ({ serving }) => serving.shell(`rm ${WELL}.slow`),
  },
  {
    ...check,
    name: "check-program-missing",
    does: "the program of the check vanishes from the node that serves",
    heals: "it is back",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "seen from 2.0.10 to 2.4.3: keepalived goes on as if the last run of the check had been for good",
    lastsMs: 5_000,
    levers: ["service of serving", "keepalived of serving"],
    inject: ({ serving }) => serving.shell(`mv ${CHECK} /root/check`),
    heal: ({ serving }) => serving.shell(`mv /root/check ${CHECK}`),
  },
  {
    ...check,
    name: "check-program-missing-at-restart",
    does: "the program of the check vanishes from the node that serves, and keepalived is restarted there",
    heals: "it is back, and keepalived is restarted",
    expects: "moves",
    outageMs: plus(DETECTED_MS, afterTwoElections),
    convergesMs: afterOneLook,
    source: "seen with 2.2.7: a check whose program is missing at the start is ignored with a line in the log",
    lastsMs: 12_000,
    levers: ["service of serving", "keepalived of serving"],
    inject: ({ serving }) => serving.shell(`mv ${CHECK} /root/check && systemctl restart --no-block keepalived`),
    heal: ({ serving }) => serving.shell(`mv /root/check ${CHECK} && systemctl restart keepalived`),
  },
  {
    ...check,
    name: "check-flaps",
    does: "the service of the node that serves is ill for 3 s and well for 3 s, three times",
    heals: "it stays well",
    expects: "either",
    outageMs: plus(DETECTED_MS, afterTwoElections),
    convergesMs: afterOneLook,
    source: "a service at its limit",
    levers: ["service of serving"],
    inject: ({ serving }) =>
      serving.shell(`for i in 1 2 3; do touch ${WELL}.not; sleep 3; rm ${WELL}.not; sleep 3; done`, 30_000),
    heal: async () => {},
  },
];
