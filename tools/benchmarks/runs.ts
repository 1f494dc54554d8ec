/** How many runs a trial of the benchmark takes, which is to show that it works; undefined where it is to measure. */
const trial = process.env["BENCH_RUNS"];

/**
 * How often a benchmark measures a thing: as often as the environment variable BENCH_RUNS says, or else as its figures take.
 *
 * @throws where BENCH_RUNS is no such number
 */
export function runsOr(usual: number): number {
  if (trial === undefined) return usual;
  if (!/^[1-9]\d*$/.test(trial)) throw new Error(`BENCH_RUNS must be a whole number from 1 on, got '${trial}'`);
  return Number(trial);
}

/** Whether what is measured is judged by bounds: a trial of CI runs on a machine that may be busy with other things. */
export const isJudged = trial === undefined;
