import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatSequence,
  fromItsBeginning,
  parseSequence,
  SequenceError,
  type Strike,
} from "../../src/random/sequence.ts";

const anyStrike = fc
  .record({
    fault: fc.constantFrom("node-crashed", "api-http-502", "check-flaps"),
    node: fc.constantFrom<Strike["node"]>("primary", "secondary"),
    fromMs: fc.nat(60_000),
    lastsMs: fc.integer({ min: 1, max: 20_000 }),
  })
  .map(({ lastsMs, ...strike }): Strike => ({ ...strike, toMs: strike.fromMs + lastsMs }));
const anySequence = fc
  .array(anyStrike, { minLength: 1, maxLength: 12 })
  .map((strikes) => strikes.sort((a, b) => a.fromMs - b.fromMs));

test("a sequence is written as the command line takes it", () => {
  const text = "node-crashed@primary:0-4000 api-http-502@secondary:1500-6000";
  expect(parseSequence(text)).toEqual([
    { fault: "node-crashed", node: "primary", fromMs: 0, toMs: 4_000 },
    { fault: "api-http-502", node: "secondary", fromMs: 1_500, toMs: 6_000 },
  ]);
  expect(formatSequence(parseSequence(text))).toBe(text);
});

test("whatever is written can be read again", () => {
  fc.assert(
    fc.property(anySequence, (sequence) => {
      expect(parseSequence(formatSequence(sequence))).toEqual(sequence);
    }),
  );
});

test.each([
  ["a node that there is not", "node-crashed@third:0-1"],
  ["a fault that heals before it begins", "node-crashed@primary:5-4"],
  ["a fault without a time", "node-crashed@primary"],
  ["nothing", ""],
])("refuses %s, and shows it", (_, text) => {
  expect(() => parseSequence(text)).toThrow(SequenceError);
  expect(() => parseSequence(text)).toThrow(`got '${text}'`);
});

test("a part of a sequence begins at once, with the same times between its faults", () => {
  expect(formatSequence(fromItsBeginning(parseSequence("a@primary:500-1000 b@primary:1000-2000")))).toBe(
    "a@primary:0-500 b@primary:500-1500",
  );
});
