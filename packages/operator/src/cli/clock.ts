import { setTimeout as sleep } from "node:timers/promises";

/** The time, as what waits for something has it. */
export interface Clock {
  /** In ms since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The clock of this machine. */
export const MACHINE_CLOCK: Clock = { now: () => Date.now(), sleep: (ms) => sleep(ms) };
