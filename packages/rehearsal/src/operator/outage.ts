import type { Answer } from "../lab/client.ts";
import type { Via } from "../report/run-record.ts";

/**
 * The longest time in which a client that asks all the while got no answer through an address, in ms.
 *
 * @param from in ms since the epoch
 * @param to in ms since the epoch: a time without an answer that goes on counts as well
 */
export function longestOutage(answers: readonly Answer[], via: Via, from: number, to: number): number {
  const own = answers.filter((answer) => answer.via === via);
  const times = own.map(({ receivedAt }) => receivedAt).filter((at) => at >= from && at <= to);
  return [...times, to].reduce(({ longest, last }, at) => ({ longest: Math.max(longest, at - last), last: at }), {
    longest: 0,
    last: from,
  }).longest;
}
