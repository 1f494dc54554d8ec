import type { Answer } from "./prober.ts";

/**
 * The longest time from one answered probe to the next, in ms, from the last one that was answered before a moment on;
 * undefined: fewer than two were answered.
 *
 * @param since ms since the epoch
 */
export function longestOutage(answers: readonly Answer[], since: number): number | undefined {
  const firstAfter = answers.findIndex(({ arrivedAt }) => arrivedAt >= since);
  if (firstAfter === -1) return undefined;
  // Answers overtake one another.
  const sent = answers
    .slice(Math.max(0, firstAfter - 1))
    .map(({ sentAt }) => sentAt)
    .sort((a, b) => a - b);
  if (sent.length < 2) return undefined;
  return Math.max(...sent.slice(1).map((at, index) => at - (sent[index] ?? at)));
}

/** The nodes that have answered since a moment. */
export function answeringSince(answers: readonly Answer[], since: number): string[] {
  return [...new Set(answers.filter(({ arrivedAt }) => arrivedAt >= since).map(({ node }) => node))];
}
