import type { Answer, Client } from "../lab/client.ts";
import { NO_OUTAGE_MS } from "../operator/outage-bounds.ts";
import { longestOutage, type Outage, outages, servedFrom, type Span } from "../operator/outage.ts";
import type { Via } from "../report/run-record.ts";
import type { Change } from "./change.ts";

/** Something that was done, and when it began, in ms since the epoch. */
export interface Begun {
  readonly what: string;
  readonly at: number;
}

/** What a client has seen of a change. */
export interface SeenOutages {
  /** The longest time without an answer, in ms, through each address that a change may not end. */
  readonly outages: Readonly<Partial<Record<Via, number>>>;
  /** What was longer than it may be: through which address, when, and who answered before and after it. */
  readonly problems: readonly string[];
}

/**
 * Judges what a client that asks all the while was answered. An address that the change has brought counts from its first
 * answer on, which has to come.
 *
 * @param begun what was done, in its order
 */
export function judgeOutages(
  client: Pick<Client, "addresses" | "answers" | "pauses" | "servedSince">,
  span: Span,
  bounds: NonNullable<Change["outageBounds"]>,
  begun: readonly Begun[],
): SeenOutages {
  const longest: Partial<Record<Via, number>> = {};
  const problems: string[] = [];
  for (const via of client.addresses.keys()) {
    const bound = bounds[via] ?? NO_OUTAGE_MS;
    if (bound === "ends") continue;
    const from = servedFrom(client, via, span);
    if (from === undefined) {
      problems.push(`the client got no answer through the ${via} at all`);
      continue;
    }
    const counted = { from, to: span.to };
    longest[via] = longestOutage(client, via, counted);
    for (const outage of outages(client, via, counted, bound)) {
      const own = client.answers.filter((answer) => answer.via === via);
      problems.push(`the client got no answer through the ${via} ${inWords(outage, own, begun)}`);
    }
  }
  return { outages: longest, problems };
}

function inWords({ at, ms }: Outage, answers: readonly Answer[], begun: readonly Begun[]): string {
  const before = answers.findLast(({ sentAt }) => sentAt <= at)?.node ?? "nobody";
  const after = answers.find(({ sentAt }) => sentAt >= at + ms)?.node ?? "nobody";
  const during = begun.findLast((each) => each.at <= at + ms);
  const when =
    during === undefined ? "" : `, ${((at - during.at) / 1_000).toFixed(1)} s after '${during.what}' had begun`;
  return `for ${ms} ms${when}: before it the ${before} answered, after it the ${after}`;
}
