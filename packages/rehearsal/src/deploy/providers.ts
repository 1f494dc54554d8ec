import type { Mechanism } from "pairctl/contract";
import { Provider } from "./provider.ts";

/** The providers that the stacks of a campaign ask for, each fetched once, when it is first needed. */
export class Providers implements AsyncDisposable {
  readonly #fetched = new Map<Mechanism, Promise<Provider>>();

  /** @param synthesize makes the stack with a mechanism, and returns the path of its cdk.tf.json */
  constructor(private readonly synthesize: (mechanism: Mechanism) => Promise<string>) {}

  /** @throws PrerequisitesError where there is no Terraform, or it does not find the provider */
  for(mechanism: Mechanism): Promise<Provider> {
    const fetched = this.#fetched.get(mechanism) ?? this.synthesize(mechanism).then((file) => Provider.fetch(file));
    this.#fetched.set(mechanism, fetched);
    return fetched;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const fetched of this.#fetched.values()) {
      const provider = await fetched.catch(() => undefined);
      await provider?.[Symbol.asyncDispose]();
    }
  }
}
