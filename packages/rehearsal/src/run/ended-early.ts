import { faultOf } from "../random/fault-of.ts";
import type { Role, RunRecord, TimelineEvent } from "../report/run-record.ts";
import type { PlannedRun } from "./messages.ts";
import type { PlannedLab } from "./plan.ts";

/** What is known of a run that did not come to its end. */
export interface EndedEarly {
  readonly lab: Pick<PlannedLab, "mechanism">;
  readonly system: string;
  readonly run: PlannedRun;
  /** Where the fault had begun: the node that served, and what was to happen. Undefined: the pair did not come up. */
  readonly begun: { readonly victim: Role; readonly convergeBoundMs: number } | undefined;
  /** When it began, or its lab's start where it did not come up. */
  readonly since: number;
  readonly events: readonly TimelineEvent[];
  /** Why it ended. */
  readonly cause: string;
}

/** The record of a run that a lab's end, or its coming up in the first place, has prevented: its violation is the cause. */
export function endedEarly({ lab, system, run, begun, since, events, cause }: EndedEarly): RunRecord {
  const { fault, repetition, seed } = run;
  const check = begun === undefined ? "the pair comes up" : "the run comes to its end";
  return {
    ...{ fault, group: faultOf(fault, lab.mechanism).group, mechanism: lab.mechanism, system, repetition, seed },
    victim: begun?.victim ?? null,
    faultAt: since,
    healingAt: events.find(({ at, kind }) => kind === "healing" && at >= since)?.at ?? null,
    healedAt: null,
    convergedAt: null,
    convergeBoundMs: begun?.convergeBoundMs ?? 0,
    closingAt: null,
    endedAt: Date.now(),
    outages: [],
    served: [],
    signals: [],
    events: events.filter(({ at }) => at >= since),
    violations: [{ check, text: cause }],
  };
}
