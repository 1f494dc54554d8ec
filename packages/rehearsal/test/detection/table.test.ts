import { expect, test } from "vitest";
import type { Finding } from "../../src/detection/detect.ts";
import { concludeFindings, renderFindings } from "../../src/detection/table.ts";

const unbroken: Finding = {
  variant: undefined,
  mechanism: "havip",
  fault: "keepalived-stopped",
  verdict: { kind: "passed" },
  ms: 31_400,
};
const caught: Finding = {
  ...unbroken,
  variant: "slow-adverts",
  verdict: { kind: "caught", by: { check: "the pair comes up", text: "nobody\nserves" } },
  ms: 45_000,
};
const missed: Finding = { ...caught, variant: "preempting", verdict: { kind: "wrong", found: "the run has passed" } };

test("each finding is a line, with what was seen in one line", () => {
  expect(renderFindings([unbroken, caught, missed])).toEqual([
    "variant       mechanism  fault               s   verdict",
    "(not broken)  havip      keepalived-stopped  31  passed",
    "slow-adverts  havip      keepalived-stopped  45  caught: the pair comes up: nobody serves",
    "preempting    havip      keepalived-stopped  45  WRONG: the run has passed",
  ]);
});

test("a long text is cut, so that a line stays one", () => {
  const long: Finding = { ...missed, verdict: { kind: "wrong", found: "x".repeat(1_000) } };
  expect(Math.max(...renderFindings([long]).map((line) => line.length))).toBeLessThan(180);
});

test("the conclusion counts the variants, and names those that were not noticed", () => {
  expect(concludeFindings([unbroken, caught])).toBe(
    "Each of 1 variants was noticed for its reason, and the pair that is not broken passes.",
  );
  expect(concludeFindings([unbroken, caught, missed])).toBe("FAILED: not noticed for its reason: preempting.");
  const failing: Finding = { ...unbroken, verdict: { kind: "wrong", found: "" } };
  expect(concludeFindings([failing, caught])).toBe("FAILED: the pair that is not broken fails: keepalived-stopped.");
});
