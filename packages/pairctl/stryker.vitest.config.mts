import { defineConfig } from "vitest/config";

// The built bundle is not what is mutated. The model checks the protocol, thousands of runs at a time: too slow to be
// asked about each mutant, and too thorough to show what the other tests promise by themselves.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], exclude: ["test/bundle.long.test.ts", "test/model/**"] },
});
