import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Rule, TUNING_ROWS } from "../../constructs/contract";
import type { Field } from "../../constructs/props/shape";
import { PAIR_SETTINGS } from "../../settings/fields";
import { fieldsOf } from "../../settings/problems";

const PAIR_YAML = readFileSync(join(__dirname, "../../pair.yaml"), "utf8");

/** Every key below a field, with those that it is below. */
function keysBelow(field: Field, path: readonly string[] = []): string[][] {
  if (field.items !== undefined) return keysBelow(field.items, path);
  return Object.entries(fieldsOf(field)).flatMap(([key, each]) => [[...path, key], ...keysBelow(each, [...path, key])]);
}

const KEYS = Object.entries(PAIR_SETTINGS).flatMap(([key, field]) => [
  key,
  ...keysBelow(field, [key]).map((path) => path.join(".")),
]);

test("there are keys of several levels to look for", () => {
  expect(KEYS).toEqual(expect.arrayContaining(["vip", "network.vpcId", "ingress.port", "pairctl.settleMs"]));
});

test.each(KEYS)("pair.yaml shows the key %s, set or in a comment", (path) => {
  const key = path.split(".").at(-1);
  expect(PAIR_YAML).toMatch(new RegExp(`^[ #]*(- |[\\w ]+: \\{ )?${key}:( |$)|[{,] ${key}: `, "m"));
});

test.each(Object.entries(TUNING_ROWS))(
  "pair.yaml explains the key %s of pairctl and its limits above it",
  (key, row) => {
    const { min, max }: Rule<unknown> = row;
    const [, comment] = new RegExp(`^((?:# {3}# .*\\n)+)# {3}${key}:`, "m").exec(PAIR_YAML) ?? [];
    expect(comment).toMatch(/^# {3}# [A-Z]/);
    if (min !== undefined) expect(comment).toContain(` ${min}–${max}.`);
  },
);
