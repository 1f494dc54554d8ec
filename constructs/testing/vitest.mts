/** Registers the matchers with vitest: `import "cdktf-tencentcloud-keepalived/vitest"` in a test or a setup file. */
import { expect } from "vitest";
import { pairMatchers } from "./index.js";

expect.extend(pairMatchers);

export type { PairMatchers } from "./vitest.js";
