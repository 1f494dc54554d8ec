import { type CampaignRecord, passed, type Role, type RunRecord } from "./run-record.ts";
import { type FaultStatistics, faultStatistics } from "./statistics.ts";

/** A check that did not hold in a run. */
export interface SummarizedViolation extends Pick<RunRecord, "mechanism" | "fault" | "repetition" | "seed"> {
  readonly victim: Role | null;
  readonly check: string;
  /** What was seen. */
  readonly text: string;
}

/** What a campaign has come to, small enough to be kept with the product: what it was, its figures, every violation. */
export interface CampaignSummary extends Omit<CampaignRecord, "runs" | "startedAt" | "endedAt"> {
  /** When it began and ended, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly runs: number;
  readonly passed: number;
  /** Of all commands that made it, in s. */
  readonly durationS: number;
  /** How long a fault took with its healing and audit on average, in s; null where none began. */
  readonly averageFaultS: number | null;
  /** Times in ms; null: endless. */
  readonly statistics: readonly FaultStatistics[];
  readonly violations: readonly SummarizedViolation[];
}

/** Sums a campaign up. */
export function summarize({ runs, startedAt, endedAt, ...campaign }: CampaignRecord): CampaignSummary {
  const averageMs = averageFaultMs(runs);
  return {
    ...campaign,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    runs: runs.length,
    passed: runs.filter(passed).length,
    durationS: inSeconds(durationMs(campaign)),
    averageFaultS: averageMs === undefined ? null : inSeconds(averageMs),
    statistics: faultStatistics(runs),
    violations: runs.flatMap(({ mechanism, fault, repetition, seed, victim, violations }) =>
      violations.map(({ check, text }) => ({ mechanism, fault, repetition, seed, victim, check, text })),
    ),
  };
}

/** How long a fault took with its healing and audit, on average; undefined where none has begun. */
export function averageFaultMs(runs: readonly RunRecord[]): number | undefined {
  const begun = runs.filter(({ victim }) => victim !== null);
  if (begun.length === 0) return undefined;
  return begun.reduce((sum, { faultAt, endedAt }) => sum + endedAt - faultAt, 0) / begun.length;
}

/** How long all commands of a campaign took together. */
export function durationMs({ sessions }: Pick<CampaignRecord, "sessions">): number {
  return sessions.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
}

const inSeconds = (ms: number) => Math.round(ms / 100) / 10;
