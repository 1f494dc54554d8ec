import { expect, test } from "vitest";
import { showDuration, showOffset } from "../../src/report/show-time.ts";

test("durations are in ms below a second, and in s above", () => {
  expect([0, 80.4, 999, 1_000, 3_738, 250_000].map(showDuration)).toEqual([
    "0 ms",
    "80 ms",
    "999 ms",
    "1 s",
    "3.7 s",
    "250 s",
  ]);
});

test("a time from the fault has its sign", () => {
  expect([-500, 0, 0.4, 3_738].map(showOffset)).toEqual(["-500 ms", "0", "0", "+3.7 s"]);
});
