import type { Role, ServedSpan, Via } from "../report/run-record.ts";
import { unservedTimes } from "../report/unserved-times.ts";
import { rightlyServed } from "./service.ts";
import type { SignalChange } from "./signals.ts";

/** A signal may be late by so much: pairctl looks every 10 s, for up to 10 s. */
export const SIGNAL_LAG_MS = 20_000;
/** Shorter interruptions are no end of the service. */
const INTERRUPTION_MS = 1_000;

/** From one moment to another, in ms since the epoch. */
interface Time {
  readonly from: number;
  readonly to: number;
}

/**
 * What signals said that was not true while a fault lasted and healed, though there was time enough to see it: all were
 * green while nobody served through an address, or none was MASTER while somebody served.
 *
 * @returns one line each
 */
export function untrueSignals(
  served: readonly ServedSpan[],
  ways: readonly Via[],
  changes: readonly SignalChange[],
  { from, to }: Time,
): string[] {
  const since = ({ from: begin, to: end }: Time) => `from +${begin - from} to +${end - from} ms`;
  const lines: string[] = [];
  for (const via of ways) {
    for (const gap of unservedTimes(rightlyServed(served, via), from, to)) {
      for (const time of timesWithout(changes, late(gap), ({ isRed }) => isRed))
        lines.push(`nobody served through the ${via}, and no signal was red, ${since(time)}`);
    }
  }
  const moves = movesOf(served);
  for (const span of servedTimes(served, from, to)) {
    for (const time of timesWithout(changes, late(span), ({ isMaster }) => isMaster))
      if (!moves.some((move) => isExcused(time, move)))
        lines.push(`somebody served, and none was MASTER by the signals, ${since(time)}`);
  }
  return lines;
}

const late = ({ from, to }: Time): Time => ({ from: from + SIGNAL_LAG_MS, to });

/** The times in which somebody served through the VIP, but for short interruptions. */
function servedTimes(served: readonly ServedSpan[], from: number, to: number): Time[] {
  const gaps = unservedTimes(
    served.filter(({ via }) => via === "VIP"),
    from,
    to,
  ).filter((gap) => gap.to - gap.from > INTERRUPTION_MS);
  const edges = [from, ...gaps.flatMap((gap) => [gap.from, gap.to]), to];
  return edges.flatMap((edge, index) => (index % 2 === 0 ? [{ from: edge, to: edges[index + 1] ?? to }] : []));
}

/** When another node began to serve through the VIP than the one before. */
function movesOf(served: readonly ServedSpan[]): number[] {
  const spans = served.filter(({ via }) => via === "VIP").sort((a, b) => a.from - b.from);
  return spans.filter(({ node }, index) => index > 0 && spans[index - 1]?.node !== node).map(({ from }) => from);
}

/** After the service has moved, its new node may be as late as at first; the one before says at once that it is no MASTER. */
const isExcused = ({ from, to }: Time, move: number): boolean =>
  from >= move - INTERRUPTION_MS && to <= move + SIGNAL_LAG_MS;

/** The parts of a time in which no node's signal had a property. */
function timesWithout(
  changes: readonly SignalChange[],
  { from, to }: Time,
  has: (change: SignalChange) => boolean,
): Time[] {
  if (from >= to) return [];
  const latest = new Map<Role, boolean>();
  const times: Time[] = [];
  const edges = [from, ...changes.map(({ at }) => at).filter((at) => at > from && at < to), to];
  for (const [index, at] of edges.slice(0, -1).entries()) {
    for (const change of changes) if (change.at <= at) latest.set(change.node, has(change));
    if ([...latest.values()].includes(true)) continue;
    const part = { from: at, to: edges[index + 1] ?? to };
    const before = times.at(-1);
    if (before?.to === part.from) times[times.length - 1] = { from: before.from, to: part.to };
    else times.push(part);
  }
  return times;
}
