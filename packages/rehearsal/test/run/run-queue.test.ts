import { expect, test } from "vitest";
import type { PlannedLab } from "../../src/run/plan.ts";
import { type QueuedPair, RunQueue } from "../../src/run/run-queue.ts";

const planned = (mechanism: PlannedLab["mechanism"], count: number): PlannedLab => ({
  mechanism,
  settings: {},
  runs: Array.from({ length: count }, (_, index) => ({ fault: `fault-${index}`, repetition: 1, seed: index })),
});

const taken = (queue: RunQueue): QueuedPair => queue.take() ?? expect.fail("nothing is left");

test("labs side by side boot different pairs first, in the order of the plan", () => {
  const queue = new RunQueue([planned("havip", 2), planned("secondary-private-ip", 9)]);
  expect([taken(queue).mechanism, taken(queue).mechanism]).toEqual(["havip", "secondary-private-ip"]);
});

test("a free lab helps where most runs are left, if one is left for it", () => {
  const queue = new RunQueue([planned("havip", 2), planned("secondary-private-ip", 4)]);
  const [, second] = [taken(queue), taken(queue)];
  expect(taken(queue)).toBe(second);
  queue.next(second);
  queue.next(second);
  expect(taken(queue).mechanism).toBe("havip");
  expect(queue.take()).toBeUndefined();
  expect(queue.size).toBe(4);
});

test("each run is handed out once, whichever lab asks", () => {
  const queue = new RunQueue([planned("havip", 3)]);
  const pair = taken(queue);
  expect(taken(queue)).toBe(pair);
  const runs = [1, 2, 3, 4].map(() => queue.next(pair)?.fault);
  expect(runs).toEqual(["fault-0", "fault-1", "fault-2", undefined]);
});

test("a pair is given up after its labs did not come up three times in a row", () => {
  const queue = new RunQueue([planned("havip", 9)]);
  for (const cameUp of [false, false, true, false, false]) queue.release(taken(queue), cameUp);
  expect([queue.size, queue.givenUp.length]).toEqual([9, 0]);
  queue.release(taken(queue), false);
  expect([queue.size, queue.givenUp.length]).toEqual([0, 9]);
  expect(queue.take()).toBeUndefined();
});
