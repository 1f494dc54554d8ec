import { expect, test } from "vitest";
import type { Answer, Asked } from "../../src/lab/client.ts";
import { longestOutage, outages } from "../../src/operator/outage.ts";

const answers = (via: Answer["via"], ...times: readonly number[]): Asked => ({
  answers: times.map((receivedAt) => ({ via, sentAt: receivedAt, receivedAt, node: "primary" })),
  pauses: [],
});

test("is the longest time without an answer, from the first moment to the last", () => {
  expect(longestOutage(answers("VIP", 10, 20, 70, 80), "VIP", 0, 90)).toBe(50);
  expect(longestOutage(answers("VIP", 60, 70), "VIP", 0, 80)).toBe(60);
  expect(longestOutage(answers("VIP", 10, 20), "VIP", 0, 100)).toBe(80);
});

test("an address that nobody answers is out all the time, whatever another one does", () => {
  expect(longestOutage(answers("VIP", 10, 20, 30), "EIP", 0, 40)).toBe(40);
});

test("counts each time without an answer that is longer than asked for, with its beginning and the one that goes on", () => {
  const found = outages(answers("VIP", 10, 20, 70, 80), "VIP", 0, 200, 40);
  expect(found).toEqual([
    { at: 20, ms: 50 },
    { at: 80, ms: 120 },
  ]);
});

test("a time in which the client did not ask is none without an answer", () => {
  const asked = { ...answers("VIP", 10, 20, 70, 80), pauses: [{ from: 25, to: 65 }] };
  expect(longestOutage(asked, "VIP", 0, 90)).toBe(10);
});
