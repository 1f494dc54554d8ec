import type { ChildProcess } from "node:child_process";
import type { Role, RunRecord, TimelineEvent } from "../report/run-record.ts";
import { Watchdog } from "../machine/watchdog.ts";
import { endedEarly } from "./ended-early.ts";
import { LabProcess } from "./lab-process.ts";
import type { LabMessage, LabSpec, PlannedRun } from "./messages.ts";
import type { QueuedPair, RunQueue } from "./run-queue.ts";

/** How long each step of a lab may take, in ms. */
export interface StepBudgets {
  /** Its way up, with a deploy where there is one. */
  readonly up: number;
  /** A fault with its healing and audit. */
  readonly run: number;
  /** Its end, with the deploy's destruction. */
  readonly end: number;
}

/** Longer than all that a lab itself waits for in a step, of which each has a budget of its own: against what hangs. */
const BUDGETS: StepBudgets = { up: 15 * 60_000, run: 15 * 60_000, end: 60_000 };

/** What a session of a lab needs. */
export interface LabSessionOptions {
  readonly pair: QueuedPair;
  readonly queue: RunQueue;
  /** Which of the labs on this machine it is, from 1 on. */
  readonly number: number;
  readonly spec: Omit<LabSpec, "cgroups">;
  /** Whether the pair stays up when no run is left. */
  readonly keep: boolean;
  readonly interruption: AbortSignal;
  readonly onMessage: (message: LabMessage) => void;
  readonly onOutput: (line: string) => void;
  readonly onRun: (record: RunRecord) => void;
  /** Told what has gone wrong outside of any run. */
  readonly onProblem: (text: string) => void;
  /** Told when the pair stays up, and the process that has it. */
  readonly onKept: (process: ChildProcess) => void;
  /** What Node.js runs in the lab: its arguments before the lab's own. @default - inside.ts */
  readonly program?: readonly string[] | undefined;
  /** @default - 15 minutes up and for a run, 10 to the end */
  readonly budgets?: StepBudgets | undefined;
}

/** A run that a lab is at. */
interface Current {
  readonly run: PlannedRun;
  readonly since: number;
  readonly events: TimelineEvent[];
  begun: { readonly victim: Role; readonly convergeBoundMs: number } | undefined;
}

/**
 * One lab, from its start to its end: it takes runs from the queue until none is left or its pair is not well. What ends
 * it before its time is recorded with the run that it was at, or that it would have begun with.
 *
 * @returns whether the pair came up
 * @throws what the interruption is aborted with
 */
export async function runLab(options: LabSessionOptions): Promise<boolean> {
  const { pair, queue, number, spec, keep, interruption, program, budgets = BUDGETS } = options;
  const since = Date.now();
  const events: TimelineEvent[] = [];
  let cameUp = false;
  let current: Current | undefined;
  let cause: string | undefined;
  await using lab = LabProcess.start({ spec, number, interruption, onOutput: options.onOutput, program });
  using watchdog = new Watchdog((overdue) => {
    cause = `${overdue}; seen last: ${(current?.events ?? events).at(-1)?.what ?? "nothing"}`;
    lab.kill();
  });
  watchdog.expect("the pair's way up", budgets.up);

  for await (const message of lab.messages()) {
    options.onMessage(message);
    if (message.kind === "event") (current?.events ?? events).push(message.event);
    else if (message.kind === "begins" && current !== undefined) current.begun = message;
    else if (message.kind === "failed") cause ??= message.cause;
    else if (message.kind === "run") {
      current = undefined;
      options.onRun(message.record);
    } else if (message.kind === "kept") {
      watchdog.rest();
      options.onKept(lab.child);
    } else if (message.kind === "ready") {
      cameUp = true;
      const run = message.isWell ? queue.next(pair) : undefined;
      if (run !== undefined) {
        current = { run, since: Date.now(), events: [], begun: undefined };
        watchdog.expect(`the end of the run of ${run.fault}`, budgets.run);
        lab.send({ kind: "run", run });
      } else {
        watchdog.expect("the lab's end", budgets.end);
        lab.send({ kind: keep && queue.size === 0 ? "keep" : "end" });
      }
    }
  }
  const status = await lab.ended;
  interruption.throwIfAborted();
  if (status === 0 && cameUp && current === undefined) return true;

  cause ??= `the lab's process ended with status ${status}: ${lab.lastLines.join("\n") || "it said nothing"}`;
  const run = current?.run ?? (cameUp ? undefined : queue.next(pair));
  if (run === undefined) options.onProblem(cause);
  else {
    const { begun } = current ?? { begun: undefined };
    const known = { begun, since: current?.since ?? since, events: current?.events ?? events };
    options.onRun(endedEarly({ lab: pair, system: spec.system, run, ...known, cause }));
  }
  return cameUp;
}
