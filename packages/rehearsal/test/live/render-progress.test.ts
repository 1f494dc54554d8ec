import { describe, expect, test } from "vitest";
import { renderProgress } from "../../src/live/render-progress.ts";
import { runRecord } from "../report/run.ts";
import { campaignOf, type Step } from "./campaign.ts";

const failedRun = runRecord({ violations: [{ check: "all is as before", text: "it is not" }] });
const minutes = (count: number) => 60_000 * count;

function progress(planned: number, done: number, failed: number, now: number, columns = 79): string {
  const over = Array.from({ length: done }, (_, index): Step => [
    now,
    { kind: "run", lab: 1, record: index < failed ? failedRun : runRecord() },
  ]);
  return renderProgress(campaignOf(planned, over), columns, now);
}

describe("the progress", () => {
  test("is a bar, the runs that are over and failed, and the time that has gone and is left", () => {
    expect(progress(40, 10, 1, minutes(5))).toBe(
      "[#####---------------] 10 of 40 runs, 1 failed, 5:00 elapsed, about 15 min left",
    );
  });

  test("is full only where every run is over", () => {
    expect(progress(1_000, 999, 0, minutes(90))).toMatch(
      /^\[#+-\] 999 of 1000 runs, 0 failed, 1:30:00 elapsed, under 1/,
    );
    expect(progress(3, 3, 0, minutes(2))).toMatch(/^\[#+\] 3 of 3 runs, 0 failed, 2:00 elapsed$/);
    expect(progress(1, 0, 0, 0)).toMatch(/^\[-+\] 0 of 1 run, 0 failed, 0:00 elapsed$/);
  });

  test("says hours of a long campaign, and no seconds of an estimate", () => {
    expect(progress(200, 20, 0, minutes(9.2))).toContain("9:12 elapsed, about 1 h 23 min left");
  });

  test("has no bar where the terminal has no room for one", () => {
    expect(progress(40, 10, 1, minutes(5), 60)).toBe("10 of 40 runs, 1 failed, 5:00 elapsed, about 15 min left");
  });
});
