import { type Asked, pausedMs } from "../lab/client.ts";
import type { Via } from "../report/run-record.ts";

/** A time in which a client got no answer. */
export interface Outage {
  /** In ms since the epoch. */
  readonly at: number;
  /** How long it was, less the time in which the client did not ask. */
  readonly ms: number;
}

/**
 * The longest time in which a client that asks all the while got no answer through an address, in ms.
 *
 * @param from in ms since the epoch
 * @param to in ms since the epoch: a time without an answer that goes on counts as well
 */
export function longestOutage(asked: Asked, via: Via, from: number, to: number): number {
  return Math.max(0, ...outages(asked, via, from, to, 0).map(({ ms }) => ms));
}

/**
 * Every time in which a client that asks all the while got no answer through an address for longer than some ms.
 *
 * @param from in ms since the epoch
 * @param to in ms since the epoch: a time without an answer that goes on counts as well
 */
export function outages(
  { answers, pauses }: Asked,
  via: Via,
  from: number,
  to: number,
  longerThanMs: number,
): Outage[] {
  const own = answers.filter((answer) => answer.via === via);
  const times = own.map(({ receivedAt }) => receivedAt).filter((at) => at >= from && at <= to);
  return [...times, to]
    .map((until, index) => {
      const at = times[index - 1] ?? from;
      return { at, ms: until - at - pausedMs(pauses, at, until) };
    })
    .filter(({ ms }) => ms > longerThanMs);
}
