/** Registers the matchers with jest: `import "cdktf-tencentcloud-keepalived/jest"` in a test or in `setupFilesAfterEnv`. */
import type {} from "expect";
import { type PairMatchers, pairMatchers } from "./matchers";

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- what @types/jest calls it
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as in @types/jest
    interface Matchers<R, T = {}> extends PairMatchers<R> {}
  }
}

// The types of `import { expect } from "@jest/globals"`.
declare module "expect" {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- as it is declared there
  interface Matchers<R extends void | Promise<void>, T = unknown> extends PairMatchers<R> {}
}

const { expect } = globalThis as { readonly expect?: { extend(matchers: typeof pairMatchers): void } };
if (expect === undefined) {
  throw new Error(
    "there is no jest here: import this module in a test or a file of 'setupFilesAfterEnv', or call expect.extend(pairMatchers) where 'injectGlobals' is false",
  );
}
expect.extend(pairMatchers);

export type { PairMatchers };
