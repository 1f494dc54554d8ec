import { expect, test } from "vitest";
import type { RecordedInterruption } from "../../src/operator/interruption-record.ts";
import { interruptionSource, interruptionTable } from "../../src/operator/interruption-table.ts";

const killed: RecordedInterruption = {
  ...{
    number: 1,
    atS: 12.3,
    during: "changing the secondary",
    againS: 60.4,
    status: 0,
    outagesMs: [712],
    problems: [],
  },
  ...{ mechanism: "havip", way: "kill", seed: 1, date: "2026-11-27", commit: "abc1234" },
};

test("a row has the moment, what went on then, and what became of it", () => {
  expect(
    interruptionTable([killed, { ...killed, outagesMs: [] }])
      .split("\n")
      .slice(2),
  ).toEqual([
    "| `havip` | kill | 12 s | changing the secondary | ends well after 60 s | 0.7 s |",
    "| `havip` | kill | 12 s | changing the secondary | ends well after 60 s | – |",
  ]);
});

test("what failed is said, and counted", () => {
  const failed = { ...killed, problems: ["run again, it ended with 7"] };
  expect(interruptionTable([failed])).toContain("**FAILED**");
  expect(interruptionSource([killed, failed])).toBe(
    "2 rolls, rehearsed 2026-11-27 (commits abc1234): 1 did not end well.",
  );
});
