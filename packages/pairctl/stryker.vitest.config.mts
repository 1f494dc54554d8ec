import { defineConfig } from "vitest/config";

// The built bundle is not what is mutated. The models check the protocol, thousands of runs at a time: too slow to be
// asked about each mutant, and too thorough to show what the other tests promise by themselves. That of the decision has broken
// rules of its own, which it looks for in the source. A test of the metrics reads a
// unit in assets/, which is not in the folder that the mutants are copied into, and one of the real host sets the umask,
// which no thread can.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    exclude: [
      "test/bundle.long.test.ts",
      "test/decision-model/**",
      "test/model/**",
      "test/passes/metrics.test.ts",
      "test/node/real-host.test.ts",
    ],
  },
});
