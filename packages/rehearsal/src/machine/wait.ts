import { sleep } from "./process.ts";

/** What one look at an awaited thing has found: the thing itself, or in words what is there instead. */
export type Look<T> = { readonly found: T } | { readonly seen: string };

/** Something that is waited for. */
export interface Awaited<T> {
  /** Its name, a noun: "the end of the primary's boot". */
  readonly what: string;
  /** How long it may take, in ms. */
  readonly budgetMs: number;
  /** How often it is looked for, in ms. @default 20 */
  readonly everyMs?: number;
  readonly look: () => Look<T> | Promise<Look<T>>;
}

/** What was awaited did not come within its time: the message names it, its budget, and what was seen last. */
export class WaitError extends Error {
  constructor(
    readonly what: string,
    readonly budgetMs: number,
    readonly seen: string,
  ) {
    super(`${what} did not come within ${budgetMs} ms; seen last: ${seen}`);
  }
}

/**
 * Waits for something, looking again and again and once more when its time is over.
 *
 * @throws WaitError where it does not come
 */
export async function waitFor<T>({ what, budgetMs, everyMs = 20, look }: Awaited<T>): Promise<T> {
  const deadline = Date.now() + budgetMs;
  for (;;) {
    const isLast = Date.now() >= deadline;
    const result = await look();
    if ("found" in result) return result.found;
    if (isLast) throw new WaitError(what, budgetMs, result.seen);
    await sleep(everyMs);
  }
}
