/** What is waited for. */
export interface Awaited<T> {
  /** How it is called in the error. */
  readonly what: string;
  readonly budgetMs: number;
  readonly everyMs: number;
  /** Ends the waiting. */
  readonly interruption: AbortSignal;
  /** What is waited for; undefined: not yet. What it throws counts as not yet. */
  readonly look: () => Promise<T | undefined>;
}

/**
 * Looks until there is what is waited for.
 *
 * @throws Error where the time is over, with the last problem of a look
 * @throws the interruption's reason
 */
export async function waitUntil<T>({ what, budgetMs, everyMs, interruption, look }: Awaited<T>): Promise<T> {
  const end = performance.now() + budgetMs;
  for (;;) {
    interruption.throwIfAborted();
    let problem = "";
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      problem = `: ${(error as Error).message}`;
    }
    if (performance.now() >= end) throw new Error(`${what} did not come within ${budgetMs / 1000} s${problem}`);
    await pause(everyMs, interruption);
  }
}

/** Waits so long. @throws the interruption's reason */
export function pause(ms: number, interruption: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(interruption.reason as Error);
    };
    const timer = setTimeout(() => {
      interruption.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (interruption.aborted) stop();
    else interruption.addEventListener("abort", stop, { once: true });
  });
}
