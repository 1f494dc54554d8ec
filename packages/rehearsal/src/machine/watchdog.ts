/** Acts where something does not get on: each step has a budget. */
export class Watchdog implements Disposable {
  #timer: NodeJS.Timeout | undefined;

  /** @param onOverdue told what has not come within its time, in words */
  constructor(private readonly onOverdue: (what: string) => void) {}

  /** From now on, the end of this step is awaited, in place of the one before. */
  expect(what: string, budgetMs: number): void {
    this.rest();
    this.#timer = setTimeout(() => this.onOverdue(`${what} did not come within ${budgetMs} ms`), budgetMs);
  }

  /** From now on, nothing is awaited. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    this.rest();
  }
}
