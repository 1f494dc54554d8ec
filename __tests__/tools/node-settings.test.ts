import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeSettingsReference } from "../../tools/docs/node-settings";

test("the reference of what a node is told says what the contract says", () => {
  const written = readFileSync(join(__dirname, "../../docs/node-settings.md"), "utf8");
  expect(written, "run 'npm run docs'").toBe(nodeSettingsReference());
});
