import { expect, test } from "vitest";
import { isRight, judgeUnbroken, judgeVariant } from "../../src/detection/verdict.ts";
import type { ViolationRecord } from "../../src/report/run-record.ts";
import { EFFECT_CHECK } from "../../src/variants/variant.ts";
import { runRecord } from "../report/run.ts";

const variant = { shows: { check: "the outage is within its bound", text: /VIP it lasted \d+ ms/ } };
const outage = { check: "the outage is within its bound", text: "through the VIP it lasted 5000 ms" };
const recordWith = (...violations: ViolationRecord[]) => runRecord({ violations });

test("a variant is caught where the check that must be violated says what it must", () => {
  const verdict = judgeVariant(variant, recordWith({ check: "receipts tell the truth", text: "no" }, outage));
  expect(verdict).toEqual({ kind: "caught", by: outage });
  expect(isRight(verdict)).toBe(true);
});

test.each([
  ["passes", recordWith(), "the run has passed"],
  ["fails another check", recordWith({ check: "the pair comes up", text: outage.text }), "the pair comes up: through"],
  ["fails it for another reason", recordWith({ ...outage, text: "to the end" }), "within its bound: to the end"],
  ["is not made", undefined, "the run was not made"],
  [
    "shows it though nothing was broken",
    recordWith(outage, { check: EFFECT_CHECK, text: "the wire was not needed" }),
    "the wire was not needed",
  ],
])("a variant whose run %s is not caught", (_, record, found) => {
  const verdict = judgeVariant(variant, record);
  expect(verdict).toEqual({ kind: "wrong", found: expect.stringContaining(found) });
  expect(isRight(verdict)).toBe(false);
});

test("the pair that is not broken has to pass", () => {
  expect(judgeUnbroken(recordWith())).toEqual({ kind: "passed" });
  expect(judgeUnbroken(recordWith(outage))).toMatchObject({ kind: "wrong" });
  expect(judgeUnbroken(undefined)).toMatchObject({ kind: "wrong" });
});
