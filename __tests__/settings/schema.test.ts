import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Rule, TUNING_ROWS } from "../../constructs/contract";
import { pairSettingsSchema } from "../../settings/schema";

const PAIR_YAML = readFileSync(join(__dirname, "../../pair.yaml"), "utf8");

/** Every key that the schema has, with those that it is below. */
function keysOf(schema: z.core.$ZodType, path: readonly string[] = []): string[][] {
  if (schema instanceof z.ZodOptional) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysOf(schema.in, path);
  if (schema instanceof z.ZodArray) return keysOf(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysOf(option, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) => [
    [...path, key],
    ...keysOf(field as z.core.$ZodType, [...path, key]),
  ]);
}

const KEYS = [...new Set(keysOf(pairSettingsSchema).map((path) => path.join(".")))];

test("there are keys of several levels to look for", () => {
  expect(KEYS).toEqual(expect.arrayContaining(["vip", "network.vpcId", "ingress.port", "pairctl.settleMs"]));
});

test.each(KEYS)("pair.yaml shows the key %s, set or in a comment", (path) => {
  const key = path.split(".").at(-1);
  expect(PAIR_YAML).toMatch(new RegExp(`^[ #]*(- )?${key}:( |$)`, "m"));
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
