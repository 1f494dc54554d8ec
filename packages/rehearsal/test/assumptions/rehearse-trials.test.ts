import { expect, test } from "vitest";
import { planTrials } from "../../src/assumptions/rehearse-trials.ts";
import { singleTrials } from "../../src/assumptions/trials.ts";
import { NAMES } from "../../src/timing/consequences.ts";

test("readings that a running pair can meet with share one, the others have a pair each, and all are planned", () => {
  const trials = singleTrials(["secondary-private-ip"], NAMES);
  const [shared, ...booted] = planTrials(trials, "keepalived-stopped", 1);
  expect(shared?.assumptions).toBeUndefined();
  expect(shared?.runs.map(({ assumptions }) => assumptions)).toContainEqual({ "eip-of-migrated-address": "stays" });
  expect(booted.map(({ assumptions }) => assumptions)).toContainEqual({ "user-data": "as-text" });
  expect(booted[0]?.assumptions).toEqual({ "role-in-metadata": "after-90-s" });
  for (const lab of booted) expect(lab.runs).toMatchObject([{ assumptions: lab.assumptions }]);
  const planned = [shared, ...booted].flatMap((lab) => lab?.runs.map(({ repetition }) => repetition) ?? []);
  expect(planned.sort((a, b) => a - b)).toEqual(trials.map((_, index) => index + 1));
});
