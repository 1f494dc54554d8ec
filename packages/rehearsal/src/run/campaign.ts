import type { ChildProcess } from "node:child_process";
import type { RunRecord } from "../report/run-record.ts";
import { runLab, type StepBudgets } from "./lab-session.ts";
import type { LabMessage, LabSpec } from "./messages.ts";
import type { PlannedLab } from "./plan.ts";
import { type QueuedPair, RunQueue } from "./run-queue.ts";

/** A pair that is booted in one of the labs. */
export interface LabOfCampaign {
  /** Which of the labs side by side it is, from 1 on. */
  readonly number: number;
  readonly pair: QueuedPair;
}

/** What is fetched for a pair before it is booted, since a lab has no network to fetch it by. */
export type PairParts = Pick<LabSpec, "plugins" | "packages">;

/** What a campaign is made with. */
export interface CampaignOptions {
  /** The runs to make. */
  readonly plan: readonly PlannedLab[];
  /** How many labs there are at a time. */
  readonly labs: number;
  /** What all labs have in common. */
  readonly common: Omit<LabSpec, "cgroups" | "settings" | "mechanism" | keyof PairParts>;
  /** Fetches what a pair needs. @throws where it cannot be had */
  readonly partsFor: (pair: QueuedPair) => Promise<PairParts>;
  /** Whether the last pair stays up. */
  readonly keep: boolean;
  readonly interruption: AbortSignal;
  /** Told when a lab is started. */
  readonly onLab: (lab: LabOfCampaign, runsLeft: number) => void;
  /** Told when a lab has ended. @default - nobody is told */
  readonly onLabEnd?: (lab: LabOfCampaign) => void;
  /** Told everything that a lab tells, as it comes. */
  readonly onMessage: (lab: LabOfCampaign, message: LabMessage) => void;
  /** Told each line that a lab's process writes past its messages. */
  readonly onOutput: (lab: LabOfCampaign, line: string) => void;
  /** Told of each run at its end, also of one that came to no good end. */
  readonly onRun: (lab: LabOfCampaign, record: RunRecord) => void;
  /** Told what has gone wrong outside of any run. */
  readonly onProblem: (lab: LabOfCampaign, text: string) => void;
  /** Told when a pair stays up, and the process that has it. */
  readonly onKept: (process: ChildProcess) => void;
  /** What Node.js runs in each lab: its arguments before the lab's own. @default - inside.ts */
  readonly program?: readonly string[];
  /** How long each step of a lab may take. @default - 15 minutes up and for a run, 10 to the end */
  readonly budgets?: StepBudgets;
}

/**
 * Makes all runs of a plan, with several labs at a time. After a run that its pair does not pass, a lab is replaced by a
 * new one; one that does not come up, or dies, costs one run.
 *
 * @returns how many runs were not tried, since their pair did not come up again and again
 * @throws what the interruption is aborted with, or what went wrong here; every lab has ended then
 */
export async function runCampaign(options: CampaignOptions): Promise<number> {
  const queue = new RunQueue(options.plan);
  const failure = new AbortController();
  const interruption = AbortSignal.any([options.interruption, failure.signal]);
  const numbers = Array.from({ length: options.labs }, (_, index) => index + 1);
  const workers = numbers.map((number) =>
    work(number, queue, { ...options, interruption }).catch((error: unknown) => failure.abort(error)),
  );
  await Promise.all(workers);
  interruption.throwIfAborted();
  return queue.givenUp.length;
}

/** One lab after the other, as long as there is something to do. */
async function work(number: number, queue: RunQueue, options: CampaignOptions): Promise<void> {
  for (let pair = queue.take(); pair !== undefined; pair = queue.take()) {
    const lab = { number, pair };
    const { mechanism, settings } = pair;
    const assumptions = { ...options.common.assumptions, ...pair.assumptions };
    options.onLab(lab, pair.left.length);
    const cameUp = await runLab({
      ...{ pair, queue, number, keep: options.keep, interruption: options.interruption },
      spec: { ...options.common, mechanism, settings, assumptions, ...(await options.partsFor(pair)) },
      onMessage: (message) => options.onMessage(lab, message),
      onOutput: (line) => options.onOutput(lab, line),
      onRun: (record) => options.onRun(lab, record),
      onProblem: (text) => options.onProblem(lab, text),
      onKept: options.onKept,
      program: options.program,
      budgets: options.budgets,
    });
    options.onLabEnd?.(lab);
    queue.release(pair, cameUp);
  }
}
