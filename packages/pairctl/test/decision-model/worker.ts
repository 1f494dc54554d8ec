import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { decide } from "../../src/protocol/decision/index.ts";
import { CHECKS, DEEP_CHECKS, type Figure, run } from "./checks.ts";
import { Violation } from "./explore.ts";
import { Schedule } from "./schedule.ts";

/** Something for a worker to do. */
export type Job =
  | { readonly kind: "check"; readonly name: string; readonly depth?: number | undefined }
  | { readonly kind: "schedules"; readonly from: number; readonly count: number };

/** What came of a job. */
export interface Report {
  readonly figures: readonly Figure[];
  /** What did not hold, and how it came to that. */
  readonly violation: string | undefined;
  /** Of schedules: the longest time until a pair served, in ms, and its seed. */
  readonly worst?: { readonly ms: number; readonly seed: number };
}

/** Within so many ms after everything healed a pair has to serve: what was begun before may take 15 s, and be seen 10 s late. */
const SERVED_WITHIN_MS = 45_000;

/** A check that takes longer, in ms, says how far it is. */
const QUIET_MS = 30_000;
const STDERR = 2;

parentPort?.on("message", (job: Job) => {
  parentPort?.postMessage(job.kind === "check" ? check(job.name, job.depth) : schedules(job.from, job.count));
});

function check(name: string, depth: number | undefined): Report {
  const figures: Figure[] = [];
  const found = [...CHECKS, ...DEEP_CHECKS].find((each) => each.name === name);
  if (!found) throw new Error(`no check '${name}'`);
  const tellsAfter = Date.now() + QUIET_MS;
  const onDepth = (deep: number, states: number) => {
    // Whatever else a thread prints waits until it is idle.
    if (Date.now() > tellsAfter) writeSync(STDERR, `${name}: ${states} states in the first ${deep} steps\n`);
  };
  try {
    run(found, decide, (figure) => figures.push(figure), { depth, onDepth });
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { figures, violation: `${name}: ${error.message}` };
  }
  return { figures, violation: undefined };
}

function schedules(from: number, count: number): Report {
  let worst = { ms: 0, seed: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const { offence, servedAfter } = new Schedule(seed, decide, false).run();
    const isTooLate = servedAfter === undefined || servedAfter > SERVED_WITHIN_MS;
    if (offence !== undefined || isTooLate) {
      // Once more, to have its story told.
      const { story } = new Schedule(seed, decide, true).run();
      const what = offence ?? `it serves after ${servedAfter ?? "more than any"} ms`;
      return { figures: [], violation: `schedule ${seed}: ${what}\n${story.join("\n")}`, worst };
    }
    if (servedAfter > worst.ms) worst = { ms: servedAfter, seed };
  }
  return { figures: [], violation: undefined, worst };
}
