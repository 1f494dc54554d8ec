import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { boundaries } from "./tools/lint/boundaries.mjs";

export default defineConfig(
  globalIgnores([
    "**/node_modules/",
    "**/cdktf.out/",
    "lib/",
    "dist/",
    "assets/pairctl/",
    "**/.stryker-tmp/",
    "packages/provider-tencentcloud/{src,lib}/",
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  ...boundaries,
  {
    rules: {
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { console: "readonly", process: "readonly", URL: "readonly", setInterval: "readonly" },
    },
  },
  {
    files: ["packages/node-pty/index.js"],
    languageOptions: { sourceType: "commonjs" },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
