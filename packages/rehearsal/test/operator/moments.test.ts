import { expect, test } from "vitest";
import { moments } from "../../src/operator/moments.ts";

test("one moment lies in each of as many equal parts, and the same seed gives the same ones", () => {
  const found = moments(10, 15);
  expect(found.map((moment) => Math.floor(moment * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(moments(10, 15)).toEqual(found);
  expect(moments(10, 16)).not.toEqual(found);
});
