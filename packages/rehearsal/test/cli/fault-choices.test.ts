import { expect, test } from "vitest";
import { FAULT_CHOICES } from "../../src/cli/fault-choices.ts";
import { FAULT_GROUPS, FAULTS, faultNamed } from "../../src/faults/index.ts";

test.each(Object.entries(FAULT_CHOICES))("the choice %s names faults that there are, each once", (_name, choice) => {
  const faults: readonly string[] = choice.faults;
  for (const fault of faults) expect(faultNamed(fault).name).toBe(fault);
  expect(new Set(faults).size).toBe(faults.length);
});

test.each(["havip", "secondary-private-ip"] as const)("CI meets every group of faults with %s", (mechanism) => {
  const groups = (names: readonly string[]) => {
    const faults = names.map(faultNamed).filter(({ mechanisms }) => mechanisms?.includes(mechanism) ?? true);
    return [...new Set(faults.map(({ group }) => group))].sort();
  };
  expect(groups(FAULT_CHOICES.ci.faults)).toEqual(groups(FAULTS.map(({ name }) => name)));
});

test("no fault has the name of a choice or of a group, and no choice that of a group", () => {
  const names = [...FAULTS.map(({ name }) => name), ...Object.keys(FAULT_CHOICES), ...FAULT_GROUPS];
  expect(new Set(names).size).toBe(names.length);
});
