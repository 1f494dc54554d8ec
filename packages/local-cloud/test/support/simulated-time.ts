import { onTestFinished, vi } from "vitest";

/**
 * Lets the tasks of clouds run in simulated time until the test is over: they end only while `eventually` waits, however
 * busy the machine is.
 */
export function simulateTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Lets this much time pass, simulated where it is, and where not, really. */
export async function pass(ms: number): Promise<void> {
  if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(ms);
  else await new Promise((resolve) => setTimeout(resolve, ms));
}
