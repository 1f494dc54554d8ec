import { expect, test } from "vitest";
import type { Change } from "../../src/changes/change.ts";
import { keptAfter } from "../../src/changes/rehearse-changes.ts";

const kept = { instanceType: "S5.LARGE8" };
const change: Change = { name: "image", what: "", planSays: "", actions: [], settings: { image: "debian-12" } };

test("a change that the rows after it live with leaves its settings to them", () => {
  expect(keptAfter({ ...change, isKept: true }, { problems: [] }, kept)).toEqual({ ...kept, image: "debian-12" });
});

test("any other change leaves what there was", () => {
  expect(keptAfter(change, { problems: [] }, kept)).toEqual(kept);
});

test("one that has failed leaves what there was, as the pair has been brought back to it", () => {
  expect(keptAfter({ ...change, isKept: true }, { problems: ["no answer"] }, kept)).toEqual(kept);
});
