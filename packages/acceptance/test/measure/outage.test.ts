import { expect, test } from "vitest";
import { answeringSince, longestOutage } from "../../src/measure/outage.ts";

/** Answers to probes that were sent at these moments, each of which arrived 5 ms later. */
const answers = (...sent: number[]) => sent.map((sentAt) => ({ sentAt, arrivedAt: sentAt + 5, node: "a" }));

test("an outage is the longest time between two answered probes, the last one before it included", () => {
  expect(longestOutage(answers(0, 100, 200, 3_400, 3_500), 250)).toBe(3_200);
});

test("what was before the moment is no part of it", () => {
  expect(longestOutage(answers(0, 9_000, 9_100, 9_200), 9_150)).toBe(100);
});

test("an answer that overtakes another one makes no gap", () => {
  const [one, two, three] = answers(0, 100, 200);
  expect(
    longestOutage(
      [one, three, two].flatMap((each) => each ?? []),
      0,
    ),
  ).toBe(100);
});

test("without an answer after the moment nothing was measured", () => {
  expect(longestOutage(answers(0, 100), 500)).toBeUndefined();
  expect(longestOutage([], 0)).toBeUndefined();
});

test("the nodes that answered since a moment are told once each", () => {
  const other = { sentAt: 300, arrivedAt: 305, node: "b" };
  expect(answeringSince([...answers(0, 100, 200), other, other], 150)).toEqual(["a", "b"]);
});
