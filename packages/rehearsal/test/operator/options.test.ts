import { expect, test } from "vitest";
import { parseOperatorOptions } from "../../src/operator/options.ts";
import { STEPS } from "../../src/operator/steps.ts";

test("without options it is every step with both mechanisms", () => {
  const { mechanisms, steps, interruptions } = parseOperatorOptions([]);
  expect(mechanisms).toEqual(["havip", "secondary-private-ip"]);
  expect(steps).toEqual(STEPS.map(({ name }) => name));
  expect(interruptions).toBeUndefined();
});

test("interrupted rolls take the place of the steps", () => {
  const { interruptions } = parseOperatorOptions(["--interrupt", "10", "--by", "ctrl-c", "--seed", "7"]);
  expect(interruptions).toEqual({ count: 10, way: "ctrl-c", seed: 7 });
  expect(parseOperatorOptions(["--interrupt", "10", "--keep"])).toMatchObject({ isKept: true });
});

test.each([
  [["--keep"], "--keep goes with --interrupt, got it alone"],
  [["--seed", "1"], "--seed goes with --interrupt, got it alone"],
  [["--interrupt", "1", "--step", "look"], "--step and --interrupt exclude each other: give one of them"],
  [["--interrupt", "none"], /--interrupt must be .*none/],
  [["--by", "fire", "--interrupt", "1"], /--by must be .*fire/],
])("%j is refused", (options, message) => {
  expect(() => parseOperatorOptions(options)).toThrow(message);
});
