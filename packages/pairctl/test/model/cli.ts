// Schedules of the real pairctl, at random and in simulated time: npm run model -w pairctl [-- DEPTH]
// Twenty times as many as the tests have at a depth of 1, where no other depth is given.
import { join } from "node:path";
import { BundledWorker, inThreads } from "../support/bundled-worker.ts";
import { bundleWorker } from "../support/worker-bundle.ts";
import { type Job, type Report, SCHEDULES } from "./worker.ts";

/** The machine has two processors. */
const THREADS = 2;
const DEPTH = 20;
const SEEDS_A_JOB = 50;
/** What the model's cloud does not look at. */
const UNSIGNED = { path: "/cloud/tc3.ts", contents: 'export const authorization = () => "";' };

const depth = Number(process.argv[2] ?? DEPTH);
if (!(depth > 0)) throw new Error(`the depth has to be a number above 0, not '${process.argv[2]}'`);
const code = await bundleWorker(join(import.meta.dirname, "worker.ts"), [UNSIGNED]);
const workers = Array.from({ length: THREADS }, () => new BundledWorker<Job, Report>(code));
const begun = performance.now();
let total = 0;
let simulatedMs = 0;
for (const [index, { count, name }] of SCHEDULES.entries()) {
  const seeds = Math.ceil(count * depth);
  await runAll(index, seeds, name);
  total += seeds;
}
await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
const { system, user } = process.cpuUsage();
const cpuMs = (system + user) / 1000;
console.log(
  `${total} schedules: ${rate(total, performance.now() - begun)}, ${(cpuMs / total).toFixed(1)} ms of processor time each ` +
    `for ${(simulatedMs / 1000 / total).toFixed(0)} s of a pair's time: ${(simulatedMs / cpuMs).toFixed(0)} times as fast`,
);

async function runAll(schedule: number, seeds: number, name: string): Promise<void> {
  const begunAt = performance.now();
  const jobs = Array.from({ length: Math.ceil(seeds / SEEDS_A_JOB) }, (_, index): Job => {
    const from = 1 + index * SEEDS_A_JOB;
    return { schedule, from, count: Math.min(SEEDS_A_JOB, seeds + 1 - from) };
  });
  await inThreads(jobs, THREADS, async (job, place) => {
    const report = await workers[place]?.run(job);
    simulatedMs += report?.simulatedMs ?? 0;
    if (report?.failure === undefined) return;
    console.log(`${name}: ${report.failure}`);
    process.exitCode = 1;
  });
  console.log(`${name}: ${seeds}, ${rate(seeds, performance.now() - begunAt)}`);
}

function rate(count: number, ms: number): string {
  return `${((count * 1000) / ms).toFixed(1)} a second, in ${(ms / 1000).toFixed(1)} s`;
}
