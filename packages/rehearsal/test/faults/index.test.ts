import { describe, expect, test } from "vitest";
import { FAULTS, faultNamed } from "../../src/faults/index.ts";

const timing = (advertIntMs: number) => ({ advertIntMs, downTimerAdverts: 3, taskMs: 200 });

test("each fault has a name of its own, which the command line can take", () => {
  const names = FAULTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("refuses a fault that there is not", () => {
  expect(() => faultNamed("fire")).toThrow("there is no fault called 'fire'");
});

describe.each(FAULTS)("$name", (fault) => {
  test("says what it does, how it heals and where it comes from", () => {
    for (const text of [fault.does, fault.heals, fault.source]) expect(text).toMatch(/^\S.{2,}[^.]$/);
  });

  test("has bounds that grow with the adverts' interval, or hold for any", () => {
    for (const bound of [fault.outageMs, fault.convergesMs]) {
      expect(bound(timing(1_000))).toBeGreaterThan(0);
      expect(bound(timing(5_000))).toBeGreaterThanOrEqual(bound(timing(1_000)));
    }
  });
});
