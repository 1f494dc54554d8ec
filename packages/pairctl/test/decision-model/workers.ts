import { BundledWorker } from "../support/bundled-worker.ts";
import { bundle } from "./bundle.ts";
import type { Mutant } from "./mutants.ts";
import type { Job, Report } from "./worker.ts";

/** Runs jobs on the function under test, or on one with a broken rule. */
export async function startWorker(mutant?: Mutant): Promise<BundledWorker<Job, Report>> {
  return new BundledWorker(await bundle(mutant));
}

/** Schedules that take less time than a check. */
const A_FEW = 300;

/** What catches a mutant: the name of a check, or a schedule; undefined where nothing does. */
export async function catcher(
  mutant: Mutant,
  checks: readonly string[],
  schedules: number,
): Promise<string | undefined> {
  await using worker = await startWorker(mutant);
  const few = Math.min(schedules, A_FEW);
  const jobs: readonly Job[] = [
    { kind: "schedules", from: 1, count: few },
    { kind: "crashes", from: 1, count: few },
    ...checks.map((name): Job => ({ kind: "check", name })),
    { kind: "schedules", from: 1 + few, count: schedules - few },
  ];
  for (const job of jobs) {
    const { violation } = await worker.run(job);
    if (violation !== undefined) return firstLine(violation);
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] as string;
}
