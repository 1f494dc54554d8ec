// Breaks pairctl's source a line at a time and sees whether a test notices: npm run mutate -w pairctl
// Only a part of it, such as the decision: npm run mutate -w pairctl -- --mutate 'src/protocol/decision/*.ts'
/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  // The decision, the reconciler, the mechanisms and the signer.
  mutate: ["src/protocol/**/*.ts", "src/mechanisms/**/*.ts", "src/cloud/*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "stryker.vitest.config.mts", related: false },
  coverageAnalysis: "perTest",
  concurrency: 2,
  reporters: ["clear-text", "progress-append-only"],
  thresholds: { high: 90, low: 80, break: 80 },
};
