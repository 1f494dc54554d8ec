import { expect, test } from "vitest";
import { overlaid } from "../../src/operator/overlay.ts";

test("sections are merged key by key, lists and values are replaced, and null stays to take a key out", () => {
  const settings = { mechanism: "havip", primary: { priority: 100, hostname: "a" }, keyIds: ["one"], eip: { mbps: 1 } };
  expect(overlaid(settings, { primary: { priority: 120 }, keyIds: ["two"], eip: null })).toEqual({
    mechanism: "havip",
    primary: { priority: 120, hostname: "a" },
    keyIds: ["two"],
    eip: null,
  });
});

test("what was taken out can be set again", () => {
  expect(overlaid({ eip: null }, { eip: { mbps: 1 } })).toEqual({ eip: { mbps: 1 } });
});
