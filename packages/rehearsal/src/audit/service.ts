import { type Answer, type Asked, pausedMs } from "../lab/client.ts";
import type { ServedSpan, Via } from "../report/run-record.ts";

/**
 * How long the service was not to be had through an address: the longest time between two answered questions, the later one
 * asked after a moment, with unanswered ones between them; less the interval at which is asked anyway, and less the time in
 * which the client did not ask. The time between a question and the next one is no outage, however long it is.
 *
 * @param since such as the moment of a fault
 * @returns ms, or undefined where no answer came since
 */
export function measureOutage(
  { answers, pauses }: Asked,
  via: Via,
  since: number,
  intervalMs: number,
): number | undefined {
  const own = answers.filter((answer) => answer.via === via).sort((one, other) => one.sentAt - other.sentAt);
  const gaps = own.map(({ sentAt, number }, index) => {
    const before = own[index - 1];
    if (before !== undefined && number === before.number + 1) return 0;
    const from = before?.sentAt ?? since;
    return sentAt - from - intervalMs - pausedMs(pauses, from, sentAt);
  });
  const counted = gaps.filter((_, index) => (own[index] as Answer).sentAt >= since);
  return counted.length === 0 ? undefined : Math.max(...counted);
}

/**
 * Who served when, through an address.
 *
 * @param gapMs so long may two answers of one node be apart to be one span
 */
export function servedSpans(answers: readonly Answer[], via: Via, gapMs: number): ServedSpan[] {
  const spans: { via: Via; node: string; from: number; to: number }[] = [];
  const inOrder = answers.filter((answer) => answer.via === via).sort((a, b) => a.sentAt - b.sentAt);
  for (const { sentAt, node } of inOrder) {
    const last = spans.at(-1);
    if (last?.node === node && sentAt - last.to <= gapMs) last.to = sentAt;
    else spans.push({ via, node, from: sentAt, to: sentAt });
  }
  return spans;
}

/**
 * The spans of an address in which it was served by who serves through the VIP: the public address may be bound to
 * something else, which answers as well.
 */
export function rightlyServed(spans: readonly ServedSpan[], via: Via): ServedSpan[] {
  const byVip = spans.filter((span) => span.via === "VIP");
  return spans
    .filter((span) => span.via === via)
    .flatMap((span) =>
      byVip
        .filter(({ node }) => node === span.node)
        .map(({ from, to }) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) })),
    )
    .filter(({ from, to }) => from < to);
}

/**
 * Who else than those that may answered the client, through the VIP and from one moment to another.
 *
 * @returns the nodes' names
 */
export function strangers(answers: readonly Answer[], allowed: readonly string[], from: number, to: number): string[] {
  const answering = answers.filter(({ via, sentAt }) => via === "VIP" && sentAt >= from && sentAt <= to);
  return [...new Set(answering.map(({ node }) => node))].filter((node) => !allowed.includes(node));
}
