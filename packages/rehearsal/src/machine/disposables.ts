/**
 * What has been started so far, and is ended, the last one first, where the rest cannot be started: with `await using`,
 * nothing is forgotten when something throws. Once all of it is there, `keep` hands it on.
 */
export class Disposables implements AsyncDisposable {
  #ends: (() => unknown)[] = [];

  /** Adds something that was started. */
  use<T extends AsyncDisposable | Disposable>(started: T): T {
    this.defer(() => (Symbol.asyncDispose in started ? started[Symbol.asyncDispose]() : started[Symbol.dispose]()));
    return started;
  }

  /** Adds how to end something. */
  defer(end: () => unknown): void {
    this.#ends.push(end);
  }

  /** Hands everything on: from now on, who gets this ends it. */
  keep(): Disposables {
    const kept = new Disposables();
    kept.#ends = this.#ends.splice(0);
    return kept;
  }

  /**
   * Ends everything, the last one first, also where the end of one throws.
   *
   * @throws the first of what was thrown
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const end of this.#ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
