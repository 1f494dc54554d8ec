import { isRoutine } from "./routine.ts";
import type { RunRecord } from "./run-record.ts";
import { renderTimeline } from "./timeline.ts";

/** One run for people to read: what happened, how long the service was gone, and what is wrong. */
export function renderRun(record: RunRecord): string[] {
  const { fault, victim, faultAt, healedAt, convergedAt, convergeBoundMs, outages, events, violations } = record;
  const shown = events.filter((event) => !isRoutine(event));
  const converged =
    healedAt === null
      ? "the run did not come to its healing"
      : convergedAt === null
        ? `not well again within ${convergeBoundMs} ms after the healing`
        : `well again ${Math.max(0, convergedAt - healedAt)} ms after the healing (at most ${convergeBoundMs})`;
  return [
    "",
    victim === null ? `${fault}, but nobody serves` : `${fault}, the ${victim} serves`,
    ...renderTimeline(shown, faultAt),
    ...outages.map(
      ({ via, lastedMs, boundMs }) => `  outage through the ${via}: ${lastedMs ?? "endless"} ms (at most ${boundMs})`,
    ),
    `  ${converged}`,
    ...violations.map(({ check, text }) => `  VIOLATED: ${check}: ${text}`),
    ...(violations.length === 0 ? ["  all checks passed"] : []),
  ];
}
