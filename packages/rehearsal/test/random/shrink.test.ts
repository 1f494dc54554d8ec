import fc from "fast-check";
import { expect, test } from "vitest";
import { shrink } from "../../src/random/shrink.ts";

/** Fails where all culprits are in it. */
const failsWith =
  (culprits: readonly number[]) =>
  (part: readonly number[]): Promise<boolean> =>
    Promise.resolve(culprits.every((culprit) => part.includes(culprit)));

const anyCase = fc.integer({ min: 1, max: 24 }).chain((length) => {
  const whole = Array.from({ length }, (_, index) => index);
  return fc.record({
    whole: fc.constant(whole),
    culprits: fc.subarray(whole, { minLength: 1, maxLength: Math.min(4, length) }),
  });
});

test("what is left is what fails together, and nothing else, in its order", async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ whole, culprits }) => {
      const { sequence, isMinimal } = await shrink(whole, { fails: failsWith(culprits), tries: 10_000 });
      expect(sequence).toEqual(culprits);
      expect(isMinimal).toBe(true);
    }),
  );
});

test("no more parts are tried than allowed, and what is left still fails", async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, fc.nat(12), async ({ whole, culprits }, tries) => {
      let tried = 0;
      const fails = (part: readonly number[]) => {
        tried += 1;
        return failsWith(culprits)(part);
      };
      const shrunk = await shrink(whole, { fails, tries });
      expect(tried).toBeLessThanOrEqual(tries);
      expect(shrunk.tried).toBe(tried);
      expect(culprits.every((culprit) => shrunk.sequence.includes(culprit))).toBe(true);
    }),
  );
});

test("one culprit of sixteen is found in a few tries", async () => {
  const whole = Array.from({ length: 16 }, (_, index) => index);
  const { sequence, tried } = await shrink(whole, { fails: failsWith([11]), tries: 12 });
  expect(sequence).toEqual([11]);
  expect(tried).toBeLessThanOrEqual(8);
});

test("where nothing can be left out, the whole is what fails", async () => {
  const whole = [1, 2, 3];
  expect(await shrink(whole, { fails: failsWith(whole), tries: 100 })).toMatchObject({
    sequence: whole,
    isMinimal: true,
  });
});
