import type { ServedSpan } from "./run-record.ts";

/** The times between two moments in which no span shows the service. */
export function unservedTimes(
  spans: readonly ServedSpan[],
  from: number,
  to: number,
): { readonly from: number; readonly to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let at = from;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > at && at < to) gaps.push({ from: at, to: Math.min(span.from, to) });
    at = Math.max(at, span.to);
  }
  if (at < to) gaps.push({ from: at, to });
  return gaps;
}
