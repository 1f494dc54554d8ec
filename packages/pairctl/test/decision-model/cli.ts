// The deep exploration of the decision: npm run explore -w pairctl [-- checks | deep | schedules | crashes | mutants | a check's name | broken rules]
// Without a name it runs the first five, one after the other, with the deep one last, which takes minutes to hours.
// With EXPLORE_DEPTH=12 before it, checks go by ways of at most so many steps: what they found up to there has to hold.
import { inThreads } from "../support/bundled-worker.ts";
import { CHECKS, DEEP_CHECKS } from "./checks.ts";
import { MUTANTS } from "./mutants.ts";
import { catcher, startWorker } from "./workers.ts";

/** The machine has two processors. */
const THREADS = 2;
const SCHEDULES = { crashes: 10_000, schedules: 100_000 } as const;
const SCHEDULES_A_JOB = 2500;
/** Schedules that a mutant has to survive before it counts as one that nothing catches. */
const SCHEDULES_A_MUTANT = 5000;

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  checks: () => explore(CHECKS.map(({ name }) => name)),
  schedules: () => schedules("schedules"),
  crashes: () => schedules("crashes"),
  mutants: () => mutants(),
  deep: () => explore(DEEP_CHECKS.map(({ name }) => name)),
};

const DEPTH = process.env["EXPLORE_DEPTH"] === undefined ? undefined : Number(process.env["EXPLORE_DEPTH"]);

const asked = process.argv.slice(2);
const broken = MUTANTS.filter(({ rule }) => asked.includes(rule));
const parts = asked.filter((name) => !broken.some(({ rule }) => rule === name));
const NAMES = [...Object.keys(PARTS), ...[...CHECKS, ...DEEP_CHECKS].map(({ name }) => name)];
const unknown = parts.find((name) => !NAMES.includes(name));
if (unknown === undefined) await exploreAll();
else {
  console.error(`'${unknown}' is neither a broken rule nor one of\n  ${NAMES.join("\n  ")}`);
  process.exitCode = 2;
}

async function exploreAll(): Promise<void> {
  if (broken.length > 0) await mutants(broken);
  for (const part of asked.length > 0 ? parts : Object.keys(PARTS)) await timed(part);
}

async function timed(part: string): Promise<void> {
  const begun = performance.now();
  await (PARTS[part] ?? (() => explore([part])))();
  console.log(`${part}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

async function explore(names: readonly string[]): Promise<void> {
  await inThreads(names, THREADS, async (name) => {
    await using worker = await startWorker();
    const { figures, violation } = await worker.run({ kind: "check", name, depth: DEPTH });
    console.log([name, ...figures.map(({ what, figure }) => `  ${what}: ${figure}`)].join("\n"));
    if (violation !== undefined) fail(violation);
  });
}

async function schedules(kind: "crashes" | "schedules"): Promise<void> {
  const jobs = Array.from({ length: SCHEDULES[kind] / SCHEDULES_A_JOB }, (_, index) => 1 + index * SCHEDULES_A_JOB);
  await using one = await startWorker();
  await using two = await startWorker();
  const workers = [one, two] as const;
  let worst = { ms: 0, seed: 0 };
  await inThreads(jobs, workers.length, async (from, place) => {
    const worker = workers[place] ?? one;
    const report = await worker.run({ kind, from, count: SCHEDULES_A_JOB });
    if (report.violation !== undefined) fail(report.violation);
    if (report.worst && report.worst.ms > worst.ms) worst = report.worst;
  });
  const what = kind === "schedules" ? "the pair serves after all is well" : "the other node is MASTER";
  console.log(`${SCHEDULES[kind]} ${kind}: ${what} within ${worst.ms / 1000} s (seed ${worst.seed})`);
}

async function mutants(broken = MUTANTS): Promise<void> {
  const checks = CHECKS.map(({ name }) => name);
  await inThreads(broken, THREADS, async (mutant) => {
    const caught = await catcher(mutant, checks, SCHEDULES_A_MUTANT);
    console.log(`${mutant.rule}\n  ${caught ?? "IS NOT CAUGHT"}`);
    if (caught === undefined) process.exitCode = 1;
  });
}

function fail(violation: string): void {
  console.log(violation);
  process.exitCode = 1;
}
