import { expect, test } from "vitest";
import { summary } from "../../src/report/summary.ts";
import { runRecord } from "./run.ts";

test("a summary has a line for each run, with every way to the service and what was violated", () => {
  const runs = [
    runRecord({
      outages: [
        { via: "VIP", lastedMs: 700, boundMs: 1500 },
        { via: "EIP", lastedMs: null, boundMs: 1500 },
      ],
      violations: [{ check: "the outage is within its bound", text: "it is endless" }],
    }),
    runRecord({ outages: [{ via: "VIP", lastedMs: 0, boundMs: 1500 }] }),
  ];
  expect(summary(runs)).toEqual([
    "outage in ms          fault                    VIP     EIP at most  verdict",
    "havip                 keepalived-stopped       700 endless    1500  VIOLATED the outage is within its bound",
    "havip                 keepalived-stopped         0       -    1500  passed",
  ]);
});
