import type { RunRecord } from "./run-record.ts";
import { convergenceMs, showMs } from "./statistics.ts";

/** A run's measured times in short. */
export function runTimes(run: RunRecord): string {
  const outages = run.outages.map(({ via, lastedMs, boundMs }) => {
    return `${via} gone for ${showMs(lastedMs ?? Infinity)} ms (at most ${boundMs})`.replace("endless ms", "ever");
  });
  const converged = convergenceMs(run);
  if (converged === undefined) return outages.join(", ");
  const well = converged === Infinity ? "not well again" : `well ${showMs(converged)} ms after the healing`;
  return [...outages, well].join(", ");
}
