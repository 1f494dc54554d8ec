import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TUNING_ROWS } from "../../constructs/contract";
import type { Rule } from "../../packages/pairctl/src/contract/index.ts";
import { nodeSettingsReference, rowComments } from "../../tools/docs/node-settings";

test("the reference of what a node is told says what the contract says", () => {
  const written = readFileSync(join(__dirname, "../../docs/node-settings.md"), "utf8");
  expect(written, "run 'npm run docs'").toBe(nodeSettingsReference());
});

test.each(Object.entries(TUNING_ROWS))("the comment of %s says the limits and the default of its row", (key, row) => {
  const { default: value, min, max }: Rule<unknown> = row;
  const comment = rowComments().get(key);
  if (min !== undefined) expect(comment?.text).toContain(` ${min}–${max}`);
  const written = /^[-]/.test(comment?.default ?? "-") ? undefined : JSON.parse(comment?.default ?? "");
  if (!Array.isArray(value)) expect(written).toEqual(value);
});
