import { describe, expect, test } from "vitest";
import { campaignAfter, estimateLeftMs } from "../../src/live/campaign-state.ts";
import { runRecord } from "../report/run.ts";
import { campaignOf, steps, type Step } from "./campaign.ts";

const failedRun = runRecord({ violations: [{ check: "all is as before", text: "it is not" }] });
const over = (at: number, record = runRecord()): Step => [at, { kind: "run", lab: 1, record }];

describe("the state of a campaign", () => {
  test("counts the runs that are over and those that failed, with what was recorded before", () => {
    const campaign = campaignOf(10, [over(60_000), over(90_000, failedRun)], [runRecord(), failedRun, runRecord()]);
    expect(campaign).toMatchObject({ planned: 10, recorded: 3, done: 5, failed: 2, lastRunAt: 90_000 });
  });

  test("estimates the time that is left by the runs of this command only, and not before one is over", () => {
    const recorded = [runRecord(), runRecord(), runRecord()];
    expect(estimateLeftMs(campaignOf(10, [], recorded), 5_000)).toBeUndefined();
    // Two runs in 90 s, five are left.
    const campaign = campaignOf(10, [over(60_000), over(90_000)], recorded);
    expect(estimateLeftMs(campaign, 90_000)).toBe(225_000);
    expect(estimateLeftMs(campaign, 100_000)).toBe(215_000);
    expect(estimateLeftMs(campaign, 1_000_000)).toBe(0);
    expect(estimateLeftMs(campaignOf(2, [over(60_000), over(90_000)]), 95_000)).toBe(0);
  });

  test("has the labs side by side that are there, each with what it tells itself", () => {
    const both = campaignOf(4, [...steps(1), [0, { kind: "start", lab: 2, mechanism: "secondary-private-ip" }]]);
    expect([...both.labs].map(([number, { mechanism, phase }]) => [number, mechanism, phase.value])).toEqual([
      [1, "havip", "fault"],
      [2, "secondary-private-ip", "boot"],
    ]);
    expect([...campaignAfter(both, { kind: "end", lab: 1 }, 0).labs.keys()]).toEqual([2]);
    expect([...both.labs.keys()]).toEqual([1, 2]);
  });

  test("shows nothing of an earlier pair when a lab boots another one", () => {
    const again = campaignOf(4, [...steps(), [9_000, { kind: "start", lab: 1, mechanism: "havip" }]]);
    expect(again.labs.get(1)).toMatchObject({ phase: { value: "boot", since: 9_000 }, nodes: {}, events: [] });
  });

  test("does not mind what a lab tells that has ended", () => {
    const campaign = campaignOf(4, [...steps(), [9_000, { kind: "end", lab: 1 }], ...steps().slice(1)]);
    expect(campaign.labs.size).toBe(0);
  });
});
