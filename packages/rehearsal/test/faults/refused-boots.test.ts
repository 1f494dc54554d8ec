import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NODEJS_MISSING } from "../../src/faults/refused-boots.ts";

const PREFLIGHT = new URL("../../../../assets/preflight", import.meta.url);

test("the words that a boot without Node.js waits for are those of preflight", () => {
  expect(readFileSync(PREFLIGHT, "utf8")).toMatch(NODEJS_MISSING);
});
