// Breaks the hook's source a line at a time and sees whether a test notices: npm run mutate -w migration-hook
/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  // The reconciler and the signer.
  mutate: [
    "src/reconcile.ts",
    "src/private-ip.ts",
    "src/ha-vip.ts",
    "src/decide.ts",
    "src/run.ts",
    "src/observe.ts",
    "src/problem.ts",
    "src/tc3.ts",
    "src/vpc-api.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "stryker.vitest.config.mts", related: false },
  coverageAnalysis: "perTest",
  concurrency: 2,
  reporters: ["clear-text", "progress-append-only"],
  thresholds: { high: 90, low: 80, break: 80 },
};
