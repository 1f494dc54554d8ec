import fc from "fast-check";
import { expect, test } from "vitest";
import { FAULTS } from "../../src/faults/index.ts";
import { conflict, type Grip } from "../../src/faults/lever.ts";

const on = (node: Grip["node"], ...levers: NonNullable<Grip["levers"]>): Grip => ({ levers, node });

test("two faults conflict that take hold of the same part of the same node", () => {
  expect(conflict(on("primary", "disk of serving"), on("primary", "disk of serving"))).toBe(true);
  expect(conflict(on("primary", "disk of serving"), on("secondary", "disk of standby"))).toBe(true);
  expect(conflict(on("primary", "disk of serving"), on("secondary", "disk of serving"))).toBe(false);
  expect(conflict(on("primary", "disk of serving"), on("primary", "CPU of serving"))).toBe(false);
});

test("nothing goes with a node that is down, but what is done elsewhere", () => {
  expect(conflict(on("primary", "power of serving"), on("primary", "disk of serving"))).toBe(true);
  expect(conflict(on("primary", "power of serving"), on("primary", "disk of standby"))).toBe(false);
  expect(conflict(on("primary", "power of serving"), on("primary", "API"))).toBe(false);
});

test("a part of the world is the same for both nodes", () => {
  expect(conflict(on("primary", "API"), on("secondary", "address", "API"))).toBe(true);
  expect(conflict(on("primary", "API"), on("secondary", "address"))).toBe(false);
});

test("a fault that does not say what it takes hold of goes with no other", () => {
  expect(conflict({ levers: undefined, node: "primary" }, on("secondary", "API"))).toBe(true);
});

const anyGrip = fc.record({
  levers: fc.constantFrom(...FAULTS.map(({ levers }) => levers)),
  node: fc.constantFrom<Grip["node"]>("primary", "secondary"),
});

test("conflicts are mutual, and every fault conflicts with itself", () => {
  fc.assert(
    fc.property(anyGrip, anyGrip, (one, other) => {
      expect(conflict(one, other)).toBe(conflict(other, one));
      expect(conflict(one, one)).toBe(true);
    }),
  );
});
