import type { Mechanism } from "pairctl/contract";
import { groupBy } from "./group-by.ts";
import { passed, type RunRecord, type Via } from "./run-record.ts";

/** Measured times in ms, where `Infinity` is what did not come to its end. */
export interface Distribution {
  /** How many were measured. */
  readonly count: number;
  /** The middle one; of an even number the mean of the two in the middle. */
  readonly median: number;
  /** The smallest one that at least 99 of 100 do not exceed. */
  readonly p99: number;
  readonly worst: number;
  /** What is allowed. */
  readonly boundMs: number;
}

/** All runs of a fault with a mechanism. */
export interface FaultStatistics {
  readonly mechanism: Mechanism;
  readonly fault: string;
  readonly runs: number;
  readonly passed: number;
  /** How long the service was gone, by the way to it; a way that was never measured is not there. */
  readonly outages: Readonly<Partial<Record<Via, Distribution>>>;
  /** From the healing to the pair's being well for good; undefined where no run came to its healing. */
  readonly converged: Distribution | undefined;
}

/** The statistics of all faults, each with each mechanism, in the order of their first runs. */
export function faultStatistics(runs: readonly RunRecord[]): FaultStatistics[] {
  const groups = groupBy(runs, ({ mechanism, fault }) => JSON.stringify([mechanism, fault]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        mechanism: first.mechanism,
        fault: first.fault,
        runs: group.length,
        passed: group.filter(passed).length,
        outages: outagesByWay(group),
        converged: distribution(
          group.map(convergenceMs).filter((ms) => ms !== undefined),
          Math.max(...group.map(({ convergeBoundMs }) => convergeBoundMs)),
        ),
      },
    ];
  });
}

function outagesByWay(runs: readonly RunRecord[]): FaultStatistics["outages"] {
  const byWay = groupBy(
    runs.flatMap(({ outages }) => outages),
    ({ via }) => via,
  );
  const entries = [...byWay].map(([via, outages]) => {
    const times = outages.map(({ lastedMs }) => lastedMs ?? Infinity);
    return [via, distribution(times, Math.max(...outages.map(({ boundMs }) => boundMs)))];
  });
  return Object.fromEntries(entries) as FaultStatistics["outages"];
}

/**
 * How long a run took from its healing until the pair was well for good, in ms.
 *
 * @returns 0 where it was well before, `Infinity` where it was not to the end, undefined where it did not heal
 */
export function convergenceMs({ healedAt, convergedAt }: RunRecord): number | undefined {
  if (healedAt === null) return undefined;
  return convergedAt === null ? Infinity : Math.max(0, convergedAt - healedAt);
}

/** @returns undefined where nothing was measured */
export function distribution(times: readonly number[], boundMs: number): Distribution | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Infinity;
  const count = sorted.length;
  if (count === 0) return undefined;
  const [below, above] = [at(Math.floor((count - 1) / 2)), at(Math.floor(count / 2))];
  const median = below === above ? below : (below + above) / 2;
  return { count, median, p99: at(Math.ceil(0.99 * count) - 1), worst: at(count - 1), boundMs };
}

/** ms for people to read: whole ones, or `endless`. */
export const showMs = (ms: number): string => (ms === Infinity ? "endless" : String(Math.round(ms)));
