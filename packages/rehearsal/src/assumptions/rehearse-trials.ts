import { faultNamed } from "../faults/index.ts";
import { renderRun } from "../report/render-run.ts";
import type { OutageRecord, RunRecord } from "../report/run-record.ts";
import { type PairParts, runCampaign } from "../run/campaign.ts";
import type { LabSpec, PlannedRun } from "../run/messages.ts";
import type { PlannedLab } from "../run/plan.ts";
import { graceMs, latenessMs } from "../timing/consequences.ts";
import { isAtBoot, named, type Trial } from "./trials.ts";
import { judgeTrial, type Verdict } from "./verdict.ts";

/** What became of a trial. */
export interface Finding extends Trial {
  readonly fault: string;
  readonly verdict: Verdict;
  readonly outages: readonly OutageRecord[];
}

/** What all trials have in common. */
export interface TrialOptions {
  readonly fault: string;
  readonly seed: number;
  readonly labs: number;
  readonly common: Omit<LabSpec, "cgroups" | "settings" | "mechanism" | keyof PairParts>;
  readonly say: (line: string) => void;
  readonly interruption: AbortSignal;
}

/**
 * Lets a pair fail over in each trial. Those that a running pair can meet with share one; for the others it is booted.
 *
 * @throws what the interruption is aborted with
 */
export async function rehearseTrials(trials: readonly Trial[], options: TrialOptions): Promise<Finding[]> {
  const { fault, seed, labs, common, say, interruption } = options;
  const records = new Map<number, RunRecord>();
  await runCampaign({
    ...{ plan: planTrials(trials, fault, seed), labs, keep: false, interruption, common },
    partsFor: () => Promise.resolve({ plugins: null, packages: null }),
    onLab: ({ number, pair: { mechanism, assumptions = {} } }) => {
      say(`lab ${number} boots ${mechanism}${named({ assumptions }) && `, ${named({ assumptions })}`}`);
    },
    onMessage: () => {},
    onOutput: ({ number }, line) => say(`lab ${number} | ${line}`),
    onRun: (_, record) => {
      records.set(record.repetition, record);
      const trial = trials[record.repetition - 1];
      if (trial === undefined) return;
      const verdict = judgeTrial(trial, record);
      say(`${verdict.kind.toUpperCase()} ${trial.mechanism}, ${named(trial)}`);
      if (verdict.kind === "wrong") say(renderRun(record).join("\n  "));
    },
    onProblem: ({ number }, text) => say(`lab ${number} FAILED: ${text}`),
    onKept: () => {},
  });
  return trials.map((trial, index) => {
    const record = records.get(index + 1);
    return { ...trial, fault, verdict: judgeTrial(trial, record), outages: record?.outages ?? [] };
  });
}

/** Labs for all trials, the longest first; a run's repetition is its trial's number, from 1 on. */
export function planTrials(trials: readonly Trial[], fault: string, seed: number): PlannedLab[] {
  const { settings = {}, name } = faultNamed(fault);
  const run = (trial: Trial): PlannedRun => {
    const { assumptions } = trial;
    return { fault: name, repetition: trials.indexOf(trial) + 1, seed, assumptions, graceMs: graceMs(assumptions) };
  };
  const running = [...new Set(trials.map(({ mechanism }) => mechanism))].flatMap((mechanism) => {
    const runs = trials.filter((trial) => trial.mechanism === mechanism && !isAtBoot(trial)).map(run);
    return runs.length === 0 ? [] : [{ mechanism, settings, runs }];
  });
  // What is waited for longest comes first, so that no lab waits alone at the end.
  const atBoot = trials.filter(isAtBoot).sort((a, b) => latenessMs(b.assumptions) - latenessMs(a.assumptions));
  const booted = atBoot.map((trial) => {
    const { assumptions, mechanism } = trial;
    return { mechanism, settings, assumptions, runs: [run(trial)] };
  });
  return [...running, ...booted];
}
