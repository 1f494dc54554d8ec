import { describe, expect, test } from "vitest";
import { unservedTimes } from "../../src/report/unserved-times.ts";

describe("unservedTimes", () => {
  const span = (from: number, to: number) => ({ via: "VIP", node: "n", from, to }) as const;

  test("are before, between and after the spans", () => {
    expect(unservedTimes([span(10, 20), span(15, 30), span(50, 60)], 0, 100)).toEqual([
      { from: 0, to: 10 },
      { from: 30, to: 50 },
      { from: 60, to: 100 },
    ]);
  });

  test("are the whole time where nobody served", () => {
    expect(unservedTimes([], 5, 9)).toEqual([{ from: 5, to: 9 }]);
  });
});
