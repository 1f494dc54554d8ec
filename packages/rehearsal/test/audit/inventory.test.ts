import { expect, test } from "vitest";
import { compareInventories, parseInventory } from "../../src/audit/inventory.ts";

const before = parseInventory("# failed units\n# files in /run\n/run/a\n/run/b\n");

test("an inventory has its lines by kind", () => {
  expect(before).toEqual({ "failed units": [], "files in /run": ["/run/a", "/run/b"] });
});

test("a node that is as before has nothing to say", () => {
  expect(compareInventories(before, before)).toEqual([]);
});

test("what came and what went is named by its kind", () => {
  const after = parseInventory("# failed units\npairctl.service\n# files in /run\n/run/a\n/run/new.123\n");
  expect(compareInventories(before, after)).toEqual([
    "failed units: now 'pairctl.service'",
    "files in /run: no longer '/run/b', now '/run/new.123'",
  ]);
});
