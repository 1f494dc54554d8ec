import { expect, test } from "vitest";
import { unbrokenLabs } from "../../src/detection/detect.ts";
import { VARIANTS } from "../../src/variants/index.ts";

test("the pair that is not broken goes through every fault that shows a variant, once with each mechanism", () => {
  const planned = unbrokenLabs(VARIANTS).flatMap(({ mechanism, runs }) => {
    return runs.map(({ fault }) => `${mechanism} ${fault}`);
  });
  expect(new Set(planned).size).toBe(planned.length);
  expect(new Set(planned)).toEqual(new Set(VARIANTS.map(({ mechanism, fault }) => `${mechanism} ${fault}`)));
});
