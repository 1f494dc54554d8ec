import { expect, test } from "vitest";
import { figures } from "../../src/report/figures.ts";
import { campaignRecord } from "./campaign.ts";
import { runRecord } from "./run.ts";

test("a campaign's figures have a line for each fault, and say how long a fault and all of it took", () => {
  const outages = (vip: number | null, eip: number) => [
    { via: "VIP", lastedMs: vip, boundMs: 1500 } as const,
    { via: "EIP", lastedMs: eip, boundMs: 1500 } as const,
  ];
  const violations = [{ check: "the outage is within its bound", text: "it is endless" }];
  const runs = [
    runRecord({ outages: outages(700, 710), endedAt: 31_000 }),
    runRecord({ outages: outages(900, 920), endedAt: 41_000, repetition: 2 }),
    runRecord({ fault: "node-crashed", outages: outages(null, 800), convergedAt: null, violations, endedAt: 61_000 }),
  ];
  const sessions = [
    { startedAt: 0, endedAt: 90_000, labs: 1 },
    { startedAt: 200_000, endedAt: 260_000, labs: 2 },
  ];
  expect(figures(campaignRecord(runs, { sessions, planned: 4 }))).toEqual([
    "mechanism  fault               runs  VIP median      p99  EIP median  p99  at most  well after      p99  at most  verdict",
    "havip      keepalived-stopped     2         800      900         815  920     1500         500      500    10000  passed",
    "havip      node-crashed           1     endless  endless         800  800     1500     endless  endless    10000  VIOLATED in 1 of 1: the outage is within its bound",
    "",
    "3 of 4 runs in 2.5 min, 1 or 2 at a time, by 2 commands",
    "a fault with its healing: 43.3 s on average (at most 45)",
  ]);
});

test("a pair that did not come up has no figures but its verdict, and does not count for the average", () => {
  const violations = [{ check: "the pair comes up", text: "the primary's boot failed" }];
  const lost = { victim: null, healedAt: null, convergedAt: null, outages: [], violations };
  expect(
    figures(campaignRecord([runRecord(lost)], { sessions: [{ startedAt: 0, endedAt: 60_000, labs: 1 }], planned: 2 })),
  ).toEqual([
    "mechanism  fault               runs  VIP median  p99  EIP median  p99  at most  well after  p99  at most  verdict",
    "havip      keepalived-stopped     1           -    -           -    -        -           -    -        -  VIOLATED in 1 of 1: the pair comes up",
    "",
    "1 of 2 runs in 1.0 min, 1 at a time",
  ]);
});
