/** Registers the matchers with vitest: `import "cdktf-tencentcloud-keepalived/vitest"` in a test or a setup file. */
import { expect } from "vitest";
import { pairMatchers, type SynthesizedPair } from "./index.js";

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- vitest's own declaration
  interface Matchers<T = any> {
    /** The stack has a pair with these properties, such as `{ vip: "10.0.1.100" }`. */
    toHavePair(expected: Partial<Pick<SynthesizedPair, "vip" | "mechanism">>): void;
    /** VRRP passes between the nodes of every pair of the stack. */
    toLetVrrpPass(): void;
  }
}

expect.extend(pairMatchers);
