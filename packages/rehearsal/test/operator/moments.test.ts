import { expect, test } from "vitest";
import { interruptAt, moments } from "../../src/operator/moments.ts";

test("one moment lies in each of as many equal parts, and the same seed gives the same ones", () => {
  const found = moments(10, 15);
  expect(found.map((moment) => Math.floor(moment * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(moments(10, 15)).toEqual(found);
  expect(moments(10, 16)).not.toEqual(found);
});

test("a moment that is too late on a machine that is less busy by now is tried again, earlier", async () => {
  const tried: number[] = [];
  const { attempt, lengthMs } = await interruptAt(0.8, 100_000, async (afterMs) => {
    tried.push(afterMs);
    return { endedAfterMs: afterMs > 50_000 ? 50_000 : undefined };
  });
  expect(tried).toEqual([80_000, 40_000]);
  expect({ attempt, lengthMs }).toEqual({ attempt: { endedAfterMs: undefined }, lengthMs: 50_000 });
});

test("something that never is to be interrupted is not tried for ever", async () => {
  let tries = 0;
  const { attempt } = await interruptAt(0.5, 100, async () => ({ endedAfterMs: (tries += 1) }));
  expect({ tries, attempt }).toEqual({ tries: 3, attempt: { endedAfterMs: 3 } });
});
