import { PAIRCTL_PERIOD_MS } from "../nodes/node-paths.ts";
import type { Timing } from "./timing.ts";

/** What pairctl may take from the notification to the cloud's answer, in ms, beside the cloud's task: 12 calls and their start. */
const MOVE_MS = 900;
/** How long one look of pairctl may take, in ms. */
const PAIRCTL_RUN_MS = 2_000;

/** Nothing but a question or two may be lost. */
export const noOutage = (): number => 300;

/** The MASTER says that it resigns: the BACKUP waits for less than one advert interval, and moves the address. */
export const afterResignation = ({ advertIntMs, taskMs }: Timing): number => advertIntMs + taskMs + MOVE_MS;

/** The MASTER is silent: the BACKUP waits for so many advert intervals and up to one more, and moves the address. */
export const afterSilence = ({ advertIntMs, downTimerAdverts, taskMs }: Timing): number =>
  (downTimerAdverts + 1) * advertIntMs + taskMs + MOVE_MS;

/** Another election may follow the first, as where a restarted node takes part. */
export const afterTwoElections = (timing: Timing): number => 2 * afterSilence(timing);

/** pairctl is not told, and finds out by itself. */
export const afterOneLook = (timing: Timing): number => PAIRCTL_PERIOD_MS + PAIRCTL_RUN_MS + afterSilence(timing);

/** pairctl's first look fails, too. */
export const afterTwoLooks = (timing: Timing): number => PAIRCTL_PERIOD_MS + PAIRCTL_RUN_MS + afterOneLook(timing);

/** A node boots: systemd, network, keepalived, and an election. */
export const afterBoot = (timing: Timing): number => 15_000 + afterTwoElections(timing);

/** A node boots for the first time: cloud-init and the pair's setup come before keepalived. */
export const afterFirstBoot = (timing: Timing): number => 45_000 + afterTwoElections(timing);

/** So much longer, since the fault itself lasts that long. */
export const plus =
  (ms: number, bound: (timing: Timing) => number) =>
  (timing: Timing): number =>
    ms + bound(timing);
