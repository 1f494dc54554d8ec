import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { decide } from "../../src/protocol/decision/index.ts";
import { CHECKS, DEEP_CHECKS, type Figure, run } from "./checks.ts";
import { Violation } from "./explore.ts";
import { Schedule } from "./schedule.ts";
import type { Setup } from "./setup.ts";

/** Something for a worker to do. */
export type Job =
  | {
      readonly kind: "check";
      readonly name: string;
      readonly depth?: number | undefined;
      /** What of the check's setup is to be otherwise. */
      readonly setup?: Partial<Omit<Setup, "decide">>;
    }
  | { readonly kind: "crashes" | "schedules"; readonly from: number; readonly count: number };

/** What came of a job. */
export interface Report {
  readonly figures: readonly Figure[];
  /** What did not hold, and how it came to that. */
  readonly violation: string | undefined;
  /** Of schedules: the longest time until a pair served, or a crash's until the other node was MASTER, in ms, and its seed. */
  readonly worst?: { readonly ms: number; readonly seed: number };
}

/** Within so many ms after everything healed a pair has to serve: what was begun before may take 15 s, and be seen 10 s late. */
const SERVED_WITHIN_MS = 45_000;

/** An election of the weaker node, and two steps of the schedules. */
const ELECTED_WITHIN_MS = 3_900;

/** A check that takes longer, in ms, says how far it is. */
const QUIET_MS = 30_000;
const STDERR = 2;

parentPort?.on("message", (job: Job) => {
  const act = { check, crashes, schedules }[job.kind] as (job: Job) => Report;
  parentPort?.postMessage(act(job));
});

function check({ name, depth, setup }: Job & { readonly kind: "check" }): Report {
  const figures: Figure[] = [];
  const found = [...CHECKS, ...DEEP_CHECKS].find((each) => each.name === name);
  if (!found) throw new Error(`no check '${name}'`);
  const tellsAfter = Date.now() + QUIET_MS;
  const onDepth = (deep: number, states: number) => {
    // Whatever else a thread prints waits until it is idle.
    if (Date.now() > tellsAfter) writeSync(STDERR, `${name}: ${states} states in the first ${deep} steps\n`);
  };
  try {
    run({ ...found, setup: { ...found.setup, ...setup } }, decide, (figure) => figures.push(figure), {
      depth,
      onDepth,
    });
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { figures, violation: `${name}: ${error.message}` };
  }
  return { figures, violation: undefined };
}

/** Schedules drawn from so many seeds. */
type Seeds = Exclude<Job, { readonly kind: "check" }>;

function schedules(job: Seeds): Report {
  return runSeeds(job, (seed, isTold) => {
    const { offence, servedAfter, story } = new Schedule(seed, decide, isTold).run();
    const ms = servedAfter ?? Infinity;
    return { ms, story, what: offence ?? (ms > SERVED_WITHIN_MS ? `it serves after ${ms} ms` : undefined) };
  });
}

function crashes(job: Seeds): Report {
  return runSeeds(job, (seed, isTold) => {
    const { electedAfter: ms = Infinity, story } = new Schedule(seed, decide, isTold).crash();
    return { ms, story, what: ms > ELECTED_WITHIN_MS ? `the other node is MASTER after ${ms} ms` : undefined };
  });
}

/** What came of one seed: how long it took, and what did not hold. */
type Outcome = { readonly ms: number; readonly what: string | undefined; readonly story: readonly string[] };

function runSeeds({ count, from, kind }: Seeds, run: (seed: number, isTold: boolean) => Outcome): Report {
  let worst = { ms: 0, seed: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const { ms, what } = run(seed, false);
    if (what !== undefined) {
      // Once more, to have its story told.
      const { story } = run(seed, true);
      return { figures: [], violation: `${kind}, seed ${seed}: ${what}\n${story.join("\n")}`, worst };
    }
    if (ms > worst.ms) worst = { ms, seed };
  }
  return { figures: [], violation: undefined, worst };
}
