import { defineConfig } from "vitest/config";

// The built bundle is not what is mutated.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], exclude: ["test/bundle.test.ts"] } });
