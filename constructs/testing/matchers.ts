import { MECHANISMS } from "../contract";
import * as shape from "../props/shape";
import { letsVrrpPass, pairsOf, type SynthesizedPair } from "./synthesized";

const EXPECTED: shape.Shape<Partial<Pick<SynthesizedPair, "vip" | "mechanism">>> = {
  vip: shape.optional(shape.text("10.0.1.100")),
  mechanism: shape.optional(shape.oneOf(...MECHANISMS)),
};

/**
 * The matchers, as a test calls them on what `Testing.synth(stack)` returns: `/vitest` and `/jest` add them to `expect`.
 *
 * @typeParam Result what a matcher returns: a promise after `resolves`
 */
export interface PairMatchers<Result = void> {
  /** The stack has a pair with these properties, such as `{ vip: "10.0.1.100" }`. */
  toHavePair(expected: Partial<Pick<SynthesizedPair, "vip" | "mechanism">>): Result;
  /** VRRP passes between the nodes of every pair of the stack. */
  toLetVrrpPass(): Result;
}

/** Matchers for `expect.extend`. What is expected of is what `Testing.synth(stack)` returns. */
export const pairMatchers = {
  /** The stack has a pair with these properties, such as `{ vip: "10.0.1.100" }`. */
  toHavePair(received: string | object, expected: Partial<Pick<SynthesizedPair, "vip" | "mechanism">>) {
    shape.requireProps(EXPECTED, expected, "expected.");
    const pairs = pairsOf(received);
    const found = pairs.map(({ vip, mechanism }) => ({ vip, mechanism }));
    const pass = found.some(
      (pair) => (expected.vip ?? pair.vip) === pair.vip && (expected.mechanism ?? pair.mechanism) === pair.mechanism,
    );
    return {
      pass,
      message: () =>
        `expected the stack ${pass ? "not " : ""}to have a pair with ${JSON.stringify(expected)}, it has ${JSON.stringify(found)}`,
    };
  },

  /** VRRP passes between the nodes of every pair of the stack. */
  toLetVrrpPass(received: string | object) {
    const pairs = pairsOf(received);
    const blocked = pairs.filter((pair) => !letsVrrpPass(pair)).map(({ vip }) => vip);
    const pass = pairs.length > 0 && blocked.length === 0;
    return {
      pass,
      message: () =>
        pairs.length === 0
          ? "expected a stack with a pair, it has none"
          : `expected VRRP ${pass ? "not " : ""}to pass between the nodes; it does not for ${JSON.stringify(blocked)}`,
    };
  },
};
