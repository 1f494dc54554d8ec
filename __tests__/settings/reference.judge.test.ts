import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsReference, TARGET } from "../../tools/settings/reference";

test("docs/settings.md is what 'npm run docs' writes", () => {
  expect(readFileSync(TARGET, "utf8")).toBe(settingsReference());
});
