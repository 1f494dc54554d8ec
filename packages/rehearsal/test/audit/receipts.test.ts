import { expect, test } from "vitest";
import { judgeReceipt } from "../../src/audit/receipts.ts";
import type { Receipt } from "../../src/nodes/node-log.ts";

const receipt = (change: Partial<Receipt>): Receipt => ({
  time: "2026-11-23T03:33:32.000Z",
  trigger: "timer",
  vrrp: "MASTER",
  verdict: "holds",
  agree: true,
  ms: 20,
  ...change,
});

test.each<[string, Partial<Receipt>, boolean]>([
  ["the node that serves says that it holds the address", {}, true],
  ["the standby says that it is idle", { vrrp: "not MASTER", verdict: "idle" }, false],
])("a receipt is true where %s", (_, change, serves) => {
  expect(judgeReceipt(receipt(change), serves)).toBeUndefined();
});

test.each<[string, Partial<Receipt>, boolean, RegExp]>([
  ["the node that serves says that it is no MASTER", { vrrp: "not MASTER" }, true, /it serves: true, and says/],
  ["the standby says that it is MASTER", {}, false, /it serves: false, and says/],
  ["the node that serves leaves the address to its peer", { verdict: "left" }, true, /its verdict must be one of/],
  ["the standby's run fails", { vrrp: "not MASTER", verdict: "failed" }, false, /it must not fail/],
  ["it says that VRRP and cloud do not agree", { agree: false }, true, /VRRP and cloud agree, and it says/],
])("a receipt is not true where %s", (_, change, serves, problem) => {
  expect(judgeReceipt(receipt(change), serves)).toMatch(problem);
});
