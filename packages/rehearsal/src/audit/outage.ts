/** The way to the service: the private virtual address, or the public one. */
export type Via = "VIP" | "EIP";

/** An answer that the client got. Times are in ms since the epoch. */
export interface Answer {
  readonly via: Via;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** The node that answered. */
  readonly node: string;
}

/**
 * How long the service was not to be had through an address: the longest time between two questions that were
 * answered, the later one asked after the fault, less the interval at which is asked anyway.
 *
 * @returns ms, or undefined where no answer came after the fault
 */
export function measureOutage(
  answers: readonly Answer[],
  via: Via,
  faultAt: number,
  intervalMs: number,
): number | undefined {
  const asked = answers.filter((answer) => answer.via === via).map((answer) => answer.sentAt);
  asked.sort((a, b) => a - b);
  let longest: number | undefined;
  asked.forEach((at, index) => {
    const before = asked[index - 1] ?? faultAt;
    if (at >= faultAt) longest = Math.max(longest ?? 0, at - before - intervalMs);
  });
  return longest;
}
