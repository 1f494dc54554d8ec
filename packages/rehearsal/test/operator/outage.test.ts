import { expect, test } from "vitest";
import type { Answer } from "../../src/lab/client.ts";
import { longestOutage } from "../../src/operator/outage.ts";

const answers = (via: Answer["via"], ...times: readonly number[]): Answer[] =>
  times.map((receivedAt) => ({ via, sentAt: receivedAt, receivedAt, node: "primary" }));

test("is the longest time without an answer, from the first moment to the last", () => {
  expect(longestOutage(answers("VIP", 10, 20, 70, 80), "VIP", 0, 90)).toBe(50);
  expect(longestOutage(answers("VIP", 60, 70), "VIP", 0, 80)).toBe(60);
  expect(longestOutage(answers("VIP", 10, 20), "VIP", 0, 100)).toBe(80);
});

test("an address that nobody answers is out all the time, whatever another one does", () => {
  expect(longestOutage(answers("VIP", 10, 20, 30), "EIP", 0, 40)).toBe(40);
});
