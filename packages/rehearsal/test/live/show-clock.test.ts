import { expect, test } from "vitest";
import { showClock } from "../../src/live/show-clock.ts";

test.each([
  [0, "0:00"],
  [7_999, "0:07"],
  [751_000, "12:31"],
  [3_900_000, "1:05:00"],
  [-5, "0:00"],
])("%i ms are shown as %s", (ms, shown) => {
  expect(showClock(ms)).toBe(shown);
});
