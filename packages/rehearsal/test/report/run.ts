import type { RunRecord } from "../../src/report/run-record.ts";

/** A run that passed, but for what is changed. */
export function runRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    fault: "keepalived-stopped",
    group: "keepalived",
    mechanism: "havip",
    system: "Debian 12",
    repetition: 1,
    seed: 1,
    victim: "primary",
    faultAt: 1_000,
    healingAt: 3_900,
    healedAt: 4_000,
    convergedAt: 4_500,
    convergeBoundMs: 10_000,
    closingAt: 20_000,
    endedAt: 25_000,
    outages: [{ via: "VIP", lastedMs: 700, boundMs: 1500 }],
    served: [],
    signals: [],
    events: [],
    violations: [],
    ...change,
  };
}
