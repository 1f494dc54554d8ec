import { expect, test } from "vitest";
import { problemsOf } from "../../src/acceptance/verdict.ts";

const report = {
  failure: null,
  faults: [{ fault: "stop", passed: true, outageMs: 800 }],
  assumptions: [
    { name: "address-ip-filter", verdict: "confirmed", seen: "found" },
    { name: "task-result", verdict: "not seen", seen: "not asked" },
  ],
};
const ended = { status: 0, interruptAt: null, wasInterrupted: false, left: [], report };
const contradicts = {
  ...report,
  assumptions: [{ name: "address-ip-filter", verdict: "contradicted", seen: "not found" }],
};

test("a run that passes, leaves nothing and contradicts nothing has no problem", () => {
  expect(problemsOf(ended, {})).toEqual([]);
});

test("what is left, what failed and what did not pass are problems", () => {
  const failed = { ...report, failure: "no node", faults: [{ fault: "stop", passed: false, outageMs: null }] };
  expect(problemsOf({ ...ended, status: 1, left: ["2 vpcs"], report: failed }, {})).toEqual([
    "it leaves 2 vpcs",
    "its exit status must be 0, is 1",
    "it failed: no node",
    "'stop' did not pass",
  ]);
  expect(problemsOf({ ...ended, report: undefined }, {})).toEqual(["it writes no report"]);
});

test("an assumption that was switched has to be contradicted, and no other one", () => {
  const switched = { "address-ip-filter": "exact" } as const;
  expect(problemsOf({ ...ended, status: 1, report: contradicts }, switched)).toEqual([]);
  expect(problemsOf({ ...ended, status: 1 }, switched)).toEqual(["address-ip-filter is confirmed: found"]);
  expect(problemsOf({ ...ended, report: contradicts }, {})).toEqual(["address-ip-filter is contradicted: not found"]);
});

test("an interrupted run has to say so by its exit status, and leave nothing", () => {
  const interrupted = { ...ended, status: 130, interruptAt: "boot", wasInterrupted: true };
  expect(problemsOf(interrupted, {})).toEqual([]);
  expect(problemsOf({ ...interrupted, status: 0, left: ["1 roles"] }, {})).toHaveLength(2);
});

test("a run that was to be interrupted and had ended before has not shown what happens then", () => {
  expect(problemsOf({ ...ended, interruptAt: "boot" }, {})).toEqual([
    "it was to be interrupted at 'boot', and had ended before",
  ]);
});
