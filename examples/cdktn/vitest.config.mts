import { defineConfig } from "vitest/config";

// There must be one here: vitest would take that of a folder further up.
export default defineConfig({});
