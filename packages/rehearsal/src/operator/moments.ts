import { randomNumbers } from "local-cloud";

/**
 * Moments at which something is interrupted, as parts of its length: a random one in each of as many equal parts, so that
 * they are spread over all of it. The same ones for the same seed.
 */
export function moments(count: number, seed: number): number[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => (index + random()) / count);
}
