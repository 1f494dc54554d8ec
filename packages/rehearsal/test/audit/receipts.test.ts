import { expect, test } from "vitest";
import { judgeReceipt } from "../../src/audit/receipts.ts";
import type { Receipt } from "../../src/nodes/node-log.ts";

const receipt = (change: Partial<Receipt>): Receipt => ({
  time: "2026-11-23T03:33:32.000Z",
  trigger: "timer",
  vrrp: "MASTER",
  verdict: "holds",
  holderAfter: "mine",
  agree: "yes",
  ms: 20,
  ...change,
});

const standby: Partial<Receipt> = { vrrp: "BACKUP", verdict: "idle", holderAfter: "peer" };

test.each<[string, Partial<Receipt>, boolean]>([
  ["the node that serves says that it holds the address", {}, true],
  ["the node that serves says that it has moved the address", { verdict: "moved" }, true],
  ["the standby says that it is idle", standby, false],
  ["the standby says that it has handed the address over", { ...standby, verdict: "handed" }, false],
])("a receipt is true where %s", (_, change, serves) => {
  expect(judgeReceipt(receipt(change), serves)).toBeUndefined();
});

test.each<[string, Partial<Receipt>, boolean, RegExp]>([
  ["the node that serves says that it is no MASTER", { vrrp: "BACKUP" }, true, /it is MASTER, and says/],
  ["the standby says that it is MASTER", {}, false, /it is BACKUP, and says/],
  ["the standby says that it is ill", { ...standby, vrrp: "FAULT" }, false, /it is BACKUP, and says/],
  ["the node that serves leaves the address to its peer", { verdict: "left" }, true, /its verdict must be one of/],
  ["the standby's run fails", { ...standby, verdict: "failed" }, false, /its verdict must be one of/],
  ["the node that serves says that its peer has it", { holderAfter: "peer" }, true, /the holder is 'mine'/],
  ["the standby does not know who has it", { ...standby, holderAfter: "unknown" }, false, /the holder is 'peer'/],
  ["it says that VRRP and cloud do not agree", { agree: "no" }, true, /VRRP and cloud agree, and it says/],
  ["it does not know whether they agree", { ...standby, agree: "unknown" }, false, /VRRP and cloud agree, and it says/],
])("a receipt is not true where %s", (_, change, serves, problem) => {
  expect(judgeReceipt(receipt(change), serves)).toMatch(problem);
});

test("a pair without a role cannot ask the cloud, and must say that it does not know", () => {
  const unknown = receipt({ verdict: "unverified", agree: "unknown" });
  expect(judgeReceipt(unknown, true, false)).toBeUndefined();
  expect(judgeReceipt(unknown, true)).toMatch(/its verdict must be one of/);
  expect(judgeReceipt(receipt({}), true, false)).toMatch(/without a role it cannot know/);
  expect(judgeReceipt({ ...unknown, vrrp: "BACKUP" }, true, false)).toMatch(/it is MASTER, and says/);
});
