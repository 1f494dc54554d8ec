import { expect, test } from "vitest";
import { MOMENTS } from "../../src/acceptance/moments.ts";
import { parseRehearsedAcceptance } from "../../src/acceptance/options.ts";

test("without options both mechanisms are rehearsed, once each and without an interruption", () => {
  expect(parseRehearsedAcceptance([])).toEqual({
    mechanisms: ["havip", "secondary-private-ip"],
    assumptions: {},
    moments: [undefined],
  });
});

test("all moments are five runs", () => {
  const { moments } = parseRehearsedAcceptance(["--interrupt", "all"]) ?? {};
  expect(moments).toEqual(MOMENTS.map(({ name }) => name));
  expect(moments).toHaveLength(5);
});

test.each([
  [["--mechanism", "vrrp"], "--mechanism must be one of"],
  [["--interrupt", "noon"], "--interrupt must be one of deploy"],
  [["--assume", "gravity=off"], "--assume: an assumption must be one of"],
])("refuses %j", (args, message) => {
  expect(() => parseRehearsedAcceptance(args)).toThrow(message);
});
