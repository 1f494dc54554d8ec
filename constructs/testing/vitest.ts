import { expect } from "vitest";
import { type PairMatchers, pairMatchers } from "./matchers";

declare global {
  // Not vitest's own `Matchers`: its type parameters are others in vitest 5 than before, and all versions take this one.
  // eslint-disable-next-line @typescript-eslint/no-namespace -- chai's types are a namespace
  namespace Chai {
    interface Assertion extends PairMatchers {}
  }
}

// Where this is required and not imported, vitest itself says that it can only be imported.
expect.extend(pairMatchers);

export type { PairMatchers };
