import { expect, test } from "vitest";
import { renderRun } from "../../src/report/render-run.ts";
import { runRecord } from "./run.ts";

test("a run shows what happened, how long the service was gone, and what is wrong", () => {
  const lines = renderRun(
    runRecord({
      events: [
        { at: 1_000, who: "primary", kind: "fault", what: "FAULT: keepalived is stopped in order" },
        { at: 1_100, who: "cloud", kind: "call", what: "DescribeHaVips from primary: OK" },
      ],
      violations: [{ check: "receipts tell the truth", text: "it serves and says no" }],
    }),
  );
  expect(lines).toEqual([
    "",
    "keepalived-stopped, the primary serves",
    "      +0 ms  primary    FAULT: keepalived is stopped in order",
    "  outage through the VIP: 700 ms (at most 1500)",
    "  well again 500 ms after the healing (at most 10000)",
    "  VIOLATED: receipts tell the truth: it serves and says no",
  ]);
});

test("a run in which the pair does not become well again says so", () => {
  expect(renderRun(runRecord({ convergedAt: null }))).toContain("  not well again within 10000 ms after the healing");
});
