import { randomNumbers } from "local-cloud";

/**
 * Moments at which something is interrupted, as parts of its length: a random one in each of as many equal parts, so that
 * they are spread over all of it. The same ones for the same seed.
 */
export function moments(count: number, seed: number): number[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => (index + random()) / count);
}

/** What came of something that was to be interrupted. */
interface Attempt {
  /** How long it took, in ms, where it had ended before; undefined: it was interrupted. */
  readonly endedAfterMs: number | undefined;
}

/** How often a moment is tried that is too late. */
const TRIES = 3;

/**
 * Interrupts something at a moment, a part of its length. Where it has ended before, since the machine is less busy than it
 * was, it is tried again with the length that it has now.
 *
 * @returns what the last attempt came to, and the length that is known by then, in ms
 */
export async function interruptAt<A extends Attempt>(
  moment: number,
  lengthMs: number,
  attempt: (afterMs: number) => Promise<A>,
): Promise<{ readonly attempt: A; readonly lengthMs: number }> {
  let length = lengthMs;
  let made = await attempt(moment * length);
  for (let tries = 1; made.endedAfterMs !== undefined && tries < TRIES; tries += 1) {
    length = made.endedAfterMs;
    made = await attempt(moment * length);
  }
  return { attempt: made, lengthMs: length };
}
