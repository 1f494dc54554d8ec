import { expect, test } from "vitest";
import { FAULTS, faultNamed } from "../../src/faults/index.ts";
import { planLabs } from "../../src/run/plan.ts";

const faults = ["keepalived-stopped", "address-moved-once", "check-fails"].map(faultNamed);

test("each fault is planned so often, with each mechanism that it is for", () => {
  const labs = planLabs(faults, ["havip", "secondary-private-ip"], 2, 1);
  const planned = labs.map(({ mechanism, runs }) => [mechanism, runs.map((run) => `${run.fault} ${run.repetition}`)]);
  expect(planned).toEqual([
    ["havip", ["keepalived-stopped 1", "keepalived-stopped 2"]],
    ["havip", ["check-fails 1", "check-fails 2"]],
    [
      "secondary-private-ip",
      ["keepalived-stopped 1", "address-moved-once 1", "keepalived-stopped 2", "address-moved-once 2"],
    ],
    ["secondary-private-ip", ["check-fails 1", "check-fails 2"]],
  ]);
});

test("faults that need other settings get a pair that has them", () => {
  const [, withCheck] = planLabs(faults, ["havip"], 1, 1);
  expect(withCheck?.settings).toHaveProperty("healthCheck");
});

test("the same seed makes the same seeds, another one others", () => {
  const seeds = (seed: number) =>
    planLabs(faults, ["havip"], 1, seed).flatMap(({ runs }) => runs.map((run) => run.seed));
  expect(seeds(7)).toEqual(seeds(7));
  expect(seeds(8)).not.toEqual(seeds(7));
  expect(new Set(seeds(7)).size).toBe(seeds(7).length);
});

test("every fault is planned with some mechanism", () => {
  const planned = planLabs(FAULTS, ["havip", "secondary-private-ip"], 1, 1).flatMap(({ runs }) => runs);
  expect([...new Set(planned.map(({ fault }) => fault))].sort()).toEqual(FAULTS.map(({ name }) => name).sort());
});
