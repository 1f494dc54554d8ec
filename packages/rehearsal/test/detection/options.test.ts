import { expect, test } from "vitest";
import { UsageError } from "../../src/cli/command.ts";
import { parseDetectionOptions } from "../../src/detection/options.ts";
import { VARIANTS } from "../../src/variants/index.ts";

const names = (argv: readonly string[]) => parseDetectionOptions(argv).variants.map(({ name }) => name);

test("all variants are tried, if nothing else is said", () => {
  expect(names([])).toEqual(VARIANTS.map(({ name }) => name));
});

test("variants are named with commas, or one by one", () => {
  expect(names(["--variant", "stuck,preempting", "--variant", "slow-adverts"])).toEqual([
    "stuck",
    "preempting",
    "slow-adverts",
  ]);
});

test("the fast ones are few, of several parts and of both mechanisms", () => {
  const { variants } = parseDetectionOptions(["--fast"]);
  expect(variants.length).toBeLessThanOrEqual(4);
  expect(new Set(variants.map(({ part }) => part)).size).toBeGreaterThanOrEqual(3);
  expect(new Set(variants.map(({ mechanism }) => mechanism)).size).toBe(2);
});

test.each([
  ["a variant that there is not", ["--variant", "fire"], /--variant must be one of .*, got 'fire'/],
  ["two choices at once", ["--fast", "--variant", "stuck"], /exclude each other, got '--fast' and 'stuck'/],
  ["an unknown option", ["--quick"], /--quick/],
])("refuses %s", (_, argv, message) => {
  expect(() => parseDetectionOptions(argv)).toThrow(UsageError);
  expect(() => parseDetectionOptions(argv)).toThrow(message);
});
