/**
 * Helpers for the tests of a stack with a pair in it: what the stack has, read from what it synthesizes to, and matchers
 * for vitest (see vitest.mts) or jest (`expect.extend(pairMatchers)`).
 */
export { pairMatchers } from "./matchers";
export { readableStack } from "./readable-stack";
export {
  letsVrrpPass,
  pairsOf,
  type SynthesizedFile,
  type SynthesizedNode,
  type SynthesizedPair,
  type SynthesizedUserData,
  userDataOf,
} from "./synthesized";
