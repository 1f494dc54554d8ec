import { createHash } from "node:crypto";
import type { Assumptions } from "local-cloud";
import type { Mechanism } from "pairctl/contract";
import type { Fault } from "../faults/fault.ts";
import type { PlannedRun } from "./messages.ts";

/** Runs that can share a lab, since they are of one pair. */
export interface PlannedLab {
  readonly mechanism: Mechanism;
  /** What is changed in the pair's settings, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * What is assumed of the cloud from the boot on, beside what all labs have in common.
   *
   * @default - nothing else
   */
  readonly assumptions?: Partial<Assumptions>;
  readonly runs: readonly PlannedRun[];
}

/**
 * Plans what is to be run: each fault so often with each mechanism that it is for.
 *
 * @param seed what the seeds of all runs are made from
 */
export function planLabs(
  faults: readonly Fault[],
  mechanisms: readonly Mechanism[],
  repetitions: number,
  seed: number,
): PlannedLab[] {
  const labs = new Map<string, { mechanism: Mechanism; settings: Fault["settings"]; runs: PlannedRun[] }>();
  for (const mechanism of mechanisms) {
    for (let repetition = 1; repetition <= repetitions; repetition += 1) {
      for (const fault of faults) {
        if (fault.mechanisms !== undefined && !fault.mechanisms.includes(mechanism)) continue;
        const key = JSON.stringify([mechanism, fault.settings]);
        const lab = labs.get(key) ?? { mechanism, settings: fault.settings, runs: [] };
        labs.set(key, lab);
        lab.runs.push({ fault: fault.name, repetition, seed: seedOf(seed, mechanism, fault.name, repetition) });
      }
    }
  }
  return [...labs.values()].map(({ settings = {}, ...lab }) => ({ ...lab, settings }));
}

/** A run's seed rests on nothing but the run itself: it stays the same whatever else is planned with it. */
function seedOf(seed: number, mechanism: Mechanism, fault: string, repetition: number): number {
  const identity = JSON.stringify([seed, mechanism, fault, repetition]);
  return createHash("sha256").update(identity).digest().readUInt32BE();
}
