import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { faultNamed } from "../../src/faults/index.ts";
import type { StackModel } from "../../src/stack/stack.ts";
import { VARIANTS, variantNamed } from "../../src/variants/index.ts";
import { brokenStack, type Variant } from "../../src/variants/variant.ts";
import { shippedStack } from "../stack/programs.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearsal-variants-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stacks = new Map<string, StackModel>();

/** The shipped stack as the variant's fault needs it, synthesized once for each such need. */
function stackFor({ mechanism, fault }: Variant): StackModel {
  const { settings = {} } = faultNamed(fault);
  const key = JSON.stringify([mechanism, settings]);
  const stack = stacks.get(key) ?? shippedStack(folder, mechanism, settings);
  stacks.set(key, stack);
  return stack;
}

test("there are at least 20 variants, each with a name of its own that the command line can take", () => {
  const names = VARIANTS.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(20);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("every part of the pair and of its world is broken by some variant, with both mechanisms", () => {
  const parts = new Set(VARIANTS.map(({ part }) => part));
  expect([...parts].sort()).toEqual(["audit", "cloud", "fabric", "keepalived.conf", "notify", "pairctl", "units"]);
  expect(new Set(VARIANTS.map(({ mechanism }) => mechanism)).size).toBe(2);
});

test("every check of a run is shown to work by some variant", () => {
  const checks = new Set(VARIANTS.map(({ shows }) => shows.check));
  expect([...checks].sort()).toEqual([
    "Prometheus gets the same signals of the agent",
    "all is as before",
    "receipts tell the truth",
    "signals are green while all is well",
    "signals tell the truth during the fault",
    "the fault can be made to happen",
    "the fault heals",
    "the outage is within its bound",
    "the pair comes up",
    "the pair is well again",
    "the service stays where it is while the pair heals",
    "the standby can take over",
    "while the fault lasts, service moves",
  ]);
});

test("refuses a variant that there is not", () => {
  expect(() => variantNamed("fire")).toThrow("there is no variant called 'fire'");
});

describe.each(VARIANTS)("$name", (variant) => {
  test("is caught by a fault that is for its mechanism", () => {
    const { mechanisms = [variant.mechanism] } = faultNamed(variant.fault);
    expect(mechanisms).toContain(variant.mechanism);
  });

  test("says what it breaks as a clause", () => {
    expect(variant.breaks).toMatch(/^\S.{2,}[^.]$/);
  });

  test("changes what is deployed, or what the lab does", async () => {
    const stack = stackFor(variant);
    const broken = await brokenStack(variant, stack);
    const isInLab = variant.changes.some(({ lab }) => lab !== undefined);
    expect(isInLab || JSON.stringify(broken) !== JSON.stringify(stack)).toBe(true);
  });
});
