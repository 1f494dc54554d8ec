import { ASSUMPTIONS, parseAssumptions } from "local-cloud";
import { MECHANISMS } from "pairctl/contract";
import { describe, expect, test } from "vitest";
import { combinedTrials, drawTrial, isAtBoot, named, singleTrials } from "../../src/assumptions/trials.ts";
import { graceMs, latenessMs, mustSay, NAMES } from "../../src/timing/consequences.ts";

test("every reading that is not believed is tried, with each mechanism that it concerns, one at a time", () => {
  const tried = new Set(singleTrials(MECHANISMS, NAMES).map(named));
  const others = Object.entries<{ readings: readonly string[] }>(ASSUMPTIONS).flatMap(([name, { readings }]) =>
    readings.slice(1).map((reading) => `${name}=${reading}`),
  );
  expect([...tried].sort()).toEqual(others.sort());
  expect(singleTrials(["havip"], ["eip-of-migrated-address"])).toEqual([]);
  expect(singleTrials(["havip"], ["gratuitous-arp"])).toEqual([
    { mechanism: "havip", assumptions: { "gratuitous-arp": "one-a-second" } },
  ]);
});

describe("combinations", () => {
  const drawn = combinedTrials(MECHANISMS, 40, 7);

  test("are the same for the same seed, and others for another one", () => {
    expect(combinedTrials(MECHANISMS, 40, 7)).toEqual(drawn);
    expect(combinedTrials(MECHANISMS, 40, 8)).not.toEqual(drawn);
  });

  test("are of readings that there are, for the mechanism, and with which a pair serves", () => {
    for (const { assumptions, mechanism } of drawn) {
      const texts = named({ assumptions }).split(", ").filter(Boolean);
      expect(parseAssumptions(texts)).toEqual(assumptions);
      expect(mustSay(assumptions)).toBeUndefined();
      const possible = singleTrials([mechanism], NAMES).map(named);
      for (const text of texts) expect(possible).toContain(text);
    }
    expect(new Set(drawn.flatMap(({ assumptions }) => Object.keys(assumptions))).size).toBe(NAMES.length - 1);
  });

  test("are of several readings each, and none comes twice", () => {
    for (const { assumptions } of drawn) expect(Object.keys(assumptions).length).toBeGreaterThan(1);
    expect(new Set(drawn.map((trial) => `${trial.mechanism} ${named(trial)}`)).size).toBe(40);
  });

  test("come again where more are asked for than there are", () => {
    const many = combinedTrials(["havip"], 60, 7);
    expect(many).toHaveLength(60);
    expect(new Set(many.map(named)).size).toBeGreaterThan(20);
  });

  test("end with a sentence where chance draws none, and do not draw for ever", () => {
    expect(() => drawTrial("havip", () => 0.9)).toThrow("no combination of havip was drawn in 200 tries");
  });

  test("are booted: a running pair meets with one reading at a time", () => {
    expect(drawn.every(isAtBoot)).toBe(true);
  });
});

test("a reading that the first boot alone meets with is booted, and another one of the same assumption need not be", () => {
  const trials = singleTrials(["secondary-private-ip"], ["describe-vpc-task-result", "migration-from-free-eni"]);
  expect(trials.map((trial) => [named(trial), isAtBoot(trial)])).toEqual([
    ["describe-vpc-task-result=denied", false],
    ["describe-vpc-task-result=no-such-action", true],
    ["migration-from-free-eni=refused", true],
  ]);
});

test("what the cloud gives late, and what takes pairctl longer, is waited for, and nothing else", () => {
  expect([latenessMs({}), graceMs({})]).toEqual([0, 0]);
  expect(latenessMs({ "role-in-metadata": "at-once", "cam-propagation": "at-once" })).toBe(0);
  expect(latenessMs({ "role-in-metadata": "after-90-s" })).toBeGreaterThan(90_000);
  expect(latenessMs({ "role-in-metadata": "after-90-s", "cam-propagation": "after-60-s" })).toBeGreaterThan(150_000);
  expect(graceMs({ "eip-of-migrated-address": "stays" })).toBeGreaterThan(2000);
  expect(graceMs({ "task-result": "after-1-s" })).toBe(0);
});
