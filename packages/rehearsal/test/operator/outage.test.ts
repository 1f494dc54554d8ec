import { expect, test } from "vitest";
import type { Answer, Asked } from "../../src/lab/client.ts";
import { longestOutage, outages, servedFrom } from "../../src/operator/outage.ts";

/** Answers to questions that were asked at these times, one every 10 ms. */
const answersTo = (via: Answer["via"], ...times: readonly number[]): Answer[] =>
  times.map((sentAt) => ({ via, sentAt, receivedAt: sentAt + 1, number: sentAt / 10, node: "primary" }));

/** What a client has asked that was answered so, and never paused. */
const answers = (via: Answer["via"], ...times: readonly number[]): Asked => ({
  answers: answersTo(via, ...times),
  pauses: [],
});

test("is the longest time without an answer, from the first moment to the last", () => {
  expect(longestOutage(answers("VIP", 10, 20, 70, 80), "VIP", { from: 0, to: 90 })).toBe(50);
  expect(longestOutage(answers("VIP", 60, 70), "VIP", { from: 0, to: 80 })).toBe(60);
  expect(longestOutage(answers("VIP", 10, 20), "VIP", { from: 0, to: 100 })).toBe(80);
});

test("an address that nobody answers is out all the time, whatever another one does", () => {
  expect(longestOutage(answers("VIP", 10, 20, 30), "EIP", { from: 0, to: 40 })).toBe(40);
});

test("counts each time without an answer that is longer than asked for, with its beginning and the one that goes on", () => {
  const found = outages(answers("VIP", 10, 20, 70, 80), "VIP", { from: 0, to: 200 }, 40);
  expect(found).toEqual([
    { at: 20, ms: 50 },
    { at: 80, ms: 120 },
  ]);
});

test("a busy machine on which the client asks late, and is answered late, makes no outage", () => {
  const [first, second] = answersTo("VIP", 10, 20);
  const late = { ...second, sentAt: 500, receivedAt: 1_200 } as Answer;
  expect(longestOutage({ answers: [first as Answer, late], pauses: [] }, "VIP", { from: 10, to: 500 })).toBe(0);
});

test("what is asked before and after the time says whether it begins and ends without an answer", () => {
  const [before, after] = answersTo("VIP", 80, 90);
  const late = { ...after, sentAt: 400 } as Answer;
  expect(longestOutage({ answers: [before as Answer, late], pauses: [] }, "VIP", { from: 100, to: 350 })).toBe(0);
  expect(longestOutage(answers("VIP", 80, 400), "VIP", { from: 100, to: 350 })).toBe(250);
});

test("a time in which the client did not ask is left out of what was without an answer", () => {
  const asked = { ...answers("VIP", 10, 500), pauses: [{ from: 20, to: 320 }] };
  expect(longestOutage(asked, "VIP", { from: 10, to: 500 })).toBe(190);
});

test("an address that a change has brought has to answer from its first answer on", () => {
  const client = { servedSince: (via: string) => ({ VIP: 5, EIP: 70 })[via] };
  expect(servedFrom(client, "VIP", { from: 20, to: 90 })).toBe(20);
  expect(servedFrom(client, "EIP", { from: 20, to: 90 })).toBe(70);
  expect(servedFrom(client, "VIP 10.0.1.102", { from: 20, to: 90 })).toBeUndefined();
});
