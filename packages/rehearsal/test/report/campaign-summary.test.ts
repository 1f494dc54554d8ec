import { expect, test } from "vitest";
import { summarize } from "../../src/report/campaign-summary.ts";
import { campaignRecord } from "./campaign.ts";
import { runRecord } from "./run.ts";

test("a summary says what a campaign was and what it has come to, with every violation and no timeline", () => {
  const violations = [{ check: "the outage is within its bound", text: "it is endless" }];
  const lost = runRecord({
    ...{ fault: "node-crashed", violations, convergedAt: null, endedAt: 61_000 },
    outages: [{ via: "VIP", lastedMs: null, boundMs: 5100 }],
  });
  const campaign = campaignRecord([runRecord(), lost]);
  const summary: unknown = JSON.parse(JSON.stringify(summarize(campaign)));
  const { product, machine, seed, conditions, repetitions, planned, sessions } = campaign;
  expect(summary).toMatchObject({ product, machine, seed, conditions, repetitions, planned, sessions });
  expect(summary).toMatchObject({
    startedAt: "2026-11-26T03:00:00.000Z",
    endedAt: "2026-11-26T03:01:30.000Z",
    runs: 2,
    passed: 1,
    durationS: 90,
    averageFaultS: 42,
    statistics: [
      { fault: "keepalived-stopped", outages: { VIP: { median: 700, p99: 700, boundMs: 1500 } } },
      { fault: "node-crashed", outages: { VIP: { median: null, p99: null } } },
    ],
    violations: [
      {
        ...{ mechanism: "havip", fault: "node-crashed", repetition: 1, seed: 1, victim: "primary" },
        ...violations[0],
      },
    ],
  });
});

test("where no fault has begun, there is no average", () => {
  expect(summarize(campaignRecord([runRecord({ victim: null })])).averageFaultS).toBeNull();
});
