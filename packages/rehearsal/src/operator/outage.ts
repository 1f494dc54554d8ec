import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Asked, type Client, pausedMs } from "../lab/client.ts";
import type { Via } from "../report/run-record.ts";

/** What a command has left behind shows within so many ms after it. */
const AFTERMATH_MS = 1_000;

/** An answer may be so late on a busy machine, in ms. */
const LATE_MS = 1_000;

/** How long before it begins to count a client keeps its answers, in ms. */
const KEPT_MS = 2_000;

/** A time in which a client got no answer to what it asked. */
export interface Outage {
  /** When it asked the last time with an answer, in ms since the epoch. */
  readonly at: number;
  /** How long it was, less the time in which the client did not ask. */
  readonly ms: number;
}

/** A time, in ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Lets a client forget what it was answered before. @returns the moment from which on its answers count */
export function countFromNow(client: Pick<Client, "forget">): number {
  const from = Date.now();
  client.forget(from - KEPT_MS);
  return from;
}

/** Waits for what something that has just ended leaves behind. @returns the time from its beginning to the end of that */
export async function aftermath(from: number): Promise<Span> {
  await sleep(AFTERMATH_MS);
  const to = Date.now();
  await sleep(LATE_MS);
  return { from, to };
}

/**
 * The longest time in which a client that asks all the while got no answer to what it asked through an address, in ms.
 *
 * @param span the time that counts, also where it ends without an answer
 */
export function longestOutage(asked: Asked, via: Via, span: Span): number {
  return Math.max(0, ...outages(asked, via, span, 0).map(({ ms }) => ms));
}

/**
 * Every time in which a client that asks all the while got no answer to what it asked, for longer than some ms. An answer
 * that came late is one, and where a busy machine has kept the client from asking, nothing is without an answer.
 *
 * @param asked from before and after the time as well: that says whether it begins, or ends, without an answer
 * @param span the time that counts, also where it ends without an answer
 */
export function outages({ answers, pauses }: Asked, via: Via, { from, to }: Span, longerThanMs: number): Outage[] {
  const own = answers.filter((answer) => answer.via === via).sort((one, other) => one.sentAt - other.sentAt);
  const gaps = own.slice(1).flatMap(({ sentAt, number }, index) => {
    const before = own[index] as Answer;
    return number === before.number + 1 ? [] : [{ from: before.sentAt, to: sentAt }];
  });
  const [first, last] = [own[0], own.at(-1)];
  const ends = [
    { from, to: first?.sentAt ?? to },
    { from: last?.sentAt ?? to, to },
  ];
  return [...ends.slice(0, 1), ...gaps, ...ends.slice(1)]
    .map((gap) => ({ at: Math.max(from, gap.from), until: Math.min(to, gap.to) }))
    .map(({ at, until }) => ({ at, ms: until - at - pausedMs(pauses, at, until) }))
    .filter(({ ms }) => ms > longerThanMs);
}

/** From when on an address has to answer: one that a change has brought, from its first answer on; undefined: it never has. */
export function servedFrom(client: Pick<Client, "servedSince">, via: Via, { from }: Span): number | undefined {
  const since = client.servedSince(via);
  return since === undefined ? undefined : Math.max(from, since);
}
