import { expect, test } from "vitest";
import { CHANGES, changesWith } from "../../src/changes/index.ts";

test("each change has a name of its own", () => {
  const names = CHANGES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("a change of one mechanism is rehearsed with that one only", () => {
  const names = (mechanism: Parameters<typeof changesWith>[0]) => changesWith(mechanism).map(({ name }) => name);
  expect(names("havip")).toContain("mechanism-to-private-ip");
  expect(names("secondary-private-ip")).not.toContain("mechanism-to-private-ip");
  expect(changesWith("havip", ["vip-changed"]).map(({ name }) => name)).toEqual(["vip-changed"]);
});

test("what is refused says what an operator does instead, and whatever else is done with no action fails", () => {
  for (const { name, refusedWith, instead, actions } of CHANGES) {
    expect({ [name]: actions.length }).not.toEqual({ [name]: 0 });
    expect({ [name]: instead !== undefined }).toEqual({ [name]: refusedWith !== undefined });
  }
});
