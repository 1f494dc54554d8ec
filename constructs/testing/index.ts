/**
 * Helpers for the tests of a stack with a pair in it: what the stack has, read from what it synthesizes to, and matchers
 * for vitest (`/vitest`), jest (`/jest`), or whatever else has an `expect.extend`.
 */
export { type PairMatchers, pairMatchers } from "./matchers";
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
