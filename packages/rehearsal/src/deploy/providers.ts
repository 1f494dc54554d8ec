import type { Mechanism } from "pairctl/contract";

/** What the stacks of a campaign need to be deployed, each fetched once, when it is first needed. */
export class Providers<Fetched extends AsyncDisposable> implements AsyncDisposable {
  readonly #fetched = new Map<Mechanism, Promise<Fetched>>();

  /** @param fetch the one that the stack with a mechanism asks for */
  constructor(private readonly fetch: (mechanism: Mechanism) => Promise<Fetched>) {}

  /** @throws what `fetch` throws */
  for(mechanism: Mechanism): Promise<Fetched> {
    const fetched = this.#fetched.get(mechanism) ?? this.fetch(mechanism);
    this.#fetched.set(mechanism, fetched);
    return fetched;
  }

  /** Disposes of all that were fetched. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const fetched of this.#fetched.values()) {
      const provider = await fetched.catch(() => undefined);
      await provider?.[Symbol.asyncDispose]();
    }
  }
}
