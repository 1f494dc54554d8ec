import type { Answer } from "../lab/client.ts";

/**
 * The longest time in which a client that asks all the while got no answer, in ms.
 *
 * @param from in ms since the epoch
 * @param to in ms since the epoch: a time without an answer that goes on counts as well
 */
export function longestOutage(answers: readonly Answer[], from: number, to: number): number {
  const times = answers.map(({ receivedAt }) => receivedAt).filter((at) => at >= from && at <= to);
  return [...times, to].reduce(({ longest, last }, at) => ({ longest: Math.max(longest, at - last), last: at }), {
    longest: 0,
    last: from,
  }).longest;
}
