import { expect, test } from "vitest";
import { diffLines } from "../../../src/plan/user-data/line-diff.ts";

test("shows what was, what will be, and two lines around it", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  expect(diffLines(before, before.replace("5\n", "five\n"))).toEqual(["…", " 3", " 4", "-5", "+five", " 6", " 7", "…"]);
  expect(diffLines("", "a\n")).toEqual(["+a"]);
  expect(diffLines("a\n", "")).toEqual(["-a"]);
  expect(diffLines("a\n", "a\n")).toEqual(["…"]);
});
