import { expect, test } from "vitest";
import { distribution, faultStatistics, showMs } from "../../src/report/statistics.ts";
import { runRecord } from "./run.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("the 99th percentile of 100 runs is the last but one, that of fewer is the worst", () => {
  expect(distribution(upTo(100).reverse(), 500)).toEqual({
    count: 100,
    median: 50.5,
    p99: 99,
    worst: 100,
    boundMs: 500,
  });
  expect(distribution([7, 3, 5], 500)).toEqual({ count: 3, median: 5, p99: 7, worst: 7, boundMs: 500 });
  expect(distribution([], 500)).toBeUndefined();
});

test("an endless outage is the worst one, and the median where most are endless", () => {
  expect(distribution([Infinity, 2, 1], 5)).toMatchObject({ median: 2, worst: Infinity });
  expect(distribution([Infinity, Infinity, 1], 5)).toMatchObject({ median: Infinity });
  expect(distribution([Infinity, Infinity], 5)).toMatchObject({ median: Infinity });
  expect([Infinity, 12.4].map(showMs)).toEqual(["endless", "12"]);
});

test("runs are counted by fault and mechanism, and each way to the service on its own", () => {
  const runs = [
    runRecord({ outages: [{ via: "VIP", lastedMs: 700, boundMs: 1500 }] }),
    runRecord({ mechanism: "secondary-private-ip" }),
    runRecord({
      outages: [
        { via: "VIP", lastedMs: null, boundMs: 1500 },
        { via: "EIP", lastedMs: 20, boundMs: 1500 },
      ],
      violations: [{ check: "the outage is within its bound", text: "endless" }],
      convergedAt: null,
    }),
  ];
  expect(faultStatistics(runs)).toMatchObject([
    {
      mechanism: "havip",
      fault: "keepalived-stopped",
      runs: 2,
      passed: 1,
      outages: { VIP: { count: 2, worst: Infinity }, EIP: { count: 1, worst: 20 } },
      converged: { count: 2, worst: Infinity, boundMs: 10_000 },
    },
    { mechanism: "secondary-private-ip", runs: 1, passed: 1 },
  ]);
});

test("a run that never came to its healing says nothing of how long that takes", () => {
  const ended = runRecord({ healingAt: null, healedAt: null, convergedAt: null, outages: [] });
  expect(faultStatistics([ended])).toMatchObject([{ runs: 1, outages: {}, converged: undefined }]);
});

test("a pair that was well before the healing was over takes no time", () => {
  expect(faultStatistics([runRecord({ healedAt: 4_000, convergedAt: 3_000 })])[0]?.converged?.worst).toBe(0);
});
