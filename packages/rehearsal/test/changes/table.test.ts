import { expect, test } from "vitest";
import type { RecordedResult } from "../../src/changes/result.ts";
import { changesSource, changesTable } from "../../src/changes/table.ts";

const rolled: RecordedResult = {
  ...{ change: "instance-type", what: "another instance type", mechanism: "havip", plan: "nothing" },
  ...{ commands: ["pair roll"], outages: { VIP: 712, EIP: 90 }, problems: [], seconds: 60 },
  ...{ date: "2026-11-26", commit: "abc1234" },
};

test("a row has what was done, and the outage with each mechanism", () => {
  const other: RecordedResult = { ...rolled, mechanism: "secondary-private-ip", outages: { VIP: 20 } };
  expect(changesTable([rolled, other]).split("\n")).toEqual([
    "| change | `pair plan` says | what is done | `havip` | `secondary-private-ip` |",
    "| --- | --- | --- | --- | --- |",
    "| another instance type | nothing | `pair roll` | ok, VIP 0.7 s | ok, no outage |",
  ]);
});

test("a mechanism that a change does not concern has a dash", () => {
  expect(changesTable([rolled])).toContain("| ok, VIP 0.7 s | – |");
});

test("what failed is said, and counted", () => {
  const failed = { ...rolled, problems: ["the next plan is not empty"] };
  expect(changesTable([failed])).toContain("**FAILED**");
  expect(changesSource([failed])).toBe("1 changes, rehearsed 2026-11-26 (commits abc1234): 1 did not go as they must.");
});

test("what is refused says what an operator does instead", () => {
  const refused = { ...rolled, isRefused: true, instead: "a new pair", commands: ["cdktf deploy"] };
  expect(changesTable([refused])).toContain("`cdktf deploy` is refused: a new pair");
});
