import fc from "fast-check";
import type { Mechanism } from "pairctl/contract";
import { describe, expect, test } from "vitest";
import { FAULTS, faultNamed } from "../../src/faults/index.ts";
import { conflict } from "../../src/faults/lever.ts";
import { generateSequence } from "../../src/random/generate.ts";
import type { Sequence, Strike } from "../../src/random/sequence.ts";

const gripOf = ({ fault, node }: Strike) => ({ levers: faultNamed(fault).levers, node });
const overlap = (one: Strike, other: Strike) => one.fromMs < other.toMs && other.fromMs < one.toMs;
const pairs = (sequence: Sequence) =>
  sequence.flatMap((one, at) => sequence.slice(at + 1).map((other) => [one, other]));

describe.each<Mechanism>(["havip", "secondary-private-ip"])("a sequence for %s", (mechanism) => {
  const make = (seed: number, steps = 10) => generateSequence({ faults: FAULTS, mechanism, steps, seed });
  const anySeed = fc.nat();

  test("never has two faults under way at once that take hold of the same", () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        for (const [one, other] of pairs(make(seed)) as [Strike, Strike][]) {
          if (overlap(one, other)) expect(conflict(gripOf(one), gripOf(other))).toBe(false);
        }
      }),
    );
  });

  test("has as many faults as are asked for, in order, all for the mechanism, each as long as it must last", () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 20 }), (seed, steps) => {
        const sequence = make(seed, steps);
        expect(sequence).toHaveLength(steps);
        expect(sequence).toEqual([...sequence].sort((a, b) => a.fromMs - b.fromMs));
        for (const { fault, fromMs, toMs } of sequence) {
          const { mechanisms = [mechanism], levers, lastsMs = 2_000 } = faultNamed(fault);
          expect(mechanisms).toContain(mechanism);
          expect(levers).toBeDefined();
          expect(toMs - fromMs).toBeGreaterThan(lastsMs);
        }
      }),
    );
  });

  test("is the same for the same seed, and mostly another one for another", () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(make(seed)).toEqual(make(seed));
      }),
    );
    const made = new Set(Array.from({ length: 100 }, (_, seed) => JSON.stringify(make(seed))));
    expect(made.size).toBe(100);
  });

  test("mostly has faults that overlap, and some that begin or heal while another one goes on", () => {
    const sequences = Array.from({ length: 100 }, (_, seed) => make(seed));
    const overlapping = sequences.filter((sequence) =>
      (pairs(sequence) as [Strike, Strike][]).some(([a, b]) => overlap(a, b)),
    );
    expect(overlapping.length).toBeGreaterThan(90);
    const healing = sequences.filter((sequence) =>
      (pairs(sequence) as [Strike, Strike][]).some(([a, b]) => b.fromMs < a.toMs && a.toMs < b.toMs),
    );
    expect(healing.length).toBeGreaterThan(50);
  });

  test("strikes either node with every fault that can be in one", () => {
    const first = Array.from({ length: 3_000 }, (_, seed) => make(seed, 1)).flat();
    const seen = new Set(first.map(({ fault, node }) => `${fault} ${node}`));
    const chosen = FAULTS.filter(({ levers, mechanisms = [mechanism] }) => levers && mechanisms.includes(mechanism));
    expect(chosen.length).toBeGreaterThan(40);
    for (const { name } of chosen)
      for (const node of ["primary", "secondary"]) expect(seen).toContain(`${name} ${node}`);
  });
});

test("a sequence of no faults is empty, and ends", () => {
  expect(generateSequence({ faults: [], mechanism: "havip", steps: 5, seed: 1 })).toEqual([]);
});
