import { expect, test } from "vitest";
import { handOverMs } from "../../src/contract/index.ts";

test("a hand-over waits for five adverts, however long those are: an election takes less than four", () => {
  expect(handOverMs({ advertInt: 1, handOverMs: undefined })).toBe(5_000);
  expect(handOverMs({ advertInt: 5, handOverMs: undefined })).toBe(25_000);
});

test("a hand-over waits as long as the settings say", () => {
  expect(handOverMs({ advertInt: 5, handOverMs: 7_000 })).toBe(7_000);
});
