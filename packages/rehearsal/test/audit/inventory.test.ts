import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { compareInventories, INVENTORY_KINDS, INVENTORY_SCRIPT, parseInventory } from "../../src/audit/inventory.ts";

const before = parseInventory("# failed units\n# files in /run\n/run/a\n/run/b\n");

test("an inventory has its lines by kind", () => {
  expect(before).toEqual({ "failed units": [], "files in /run": ["/run/a", "/run/b"] });
});

test("the shell takes stock of every kind by itself, and takes none for the text of another", () => {
  const inventory = parseInventory(execFileSync("sh", ["-c", INVENTORY_SCRIPT], { encoding: "utf8" }));
  expect(Object.keys(inventory)).toEqual(INVENTORY_KINDS);
  expect(Object.values(inventory).flat().join("\n")).not.toMatch(/pgrep|2>\/dev\/null/);
});

test("a node that is as before has nothing to say", () => {
  expect(compareInventories(before, before, [])).toEqual([]);
});

test("what came and what went is named by its kind", () => {
  const after = parseInventory("# failed units\npairctl.service\n# files in /run\n/run/a\n/run/new.123\n");
  expect(compareInventories(before, after, [])).toEqual([
    "failed units: now 'pairctl.service'",
    "files in /run: no longer '/run/b', now '/run/new.123'",
  ]);
});

test("a unit that has failed is damage, unless the fault may leave it so", () => {
  const after = parseInventory("# failed units\ncloud-final.service\n# files in /run\n/run/a\n/run/b\n");
  expect(compareInventories(before, after, [])).toEqual(["failed units: now 'cloud-final.service'"]);
  expect(compareInventories(before, after, ["cloud-final.service"])).toEqual([]);
  expect(compareInventories(after, before, [])).toEqual([]);
});
