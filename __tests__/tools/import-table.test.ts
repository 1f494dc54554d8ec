import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withImportTable } from "../../tools/docs/import-table";

const PAGE = readFileSync(join(__dirname, "../../docs/architecture.md"), "utf8");

test("docs/architecture.md says what the linter lets each part import", () => {
  expect(PAGE, "run 'npm run docs'").toBe(withImportTable(PAGE));
  expect(PAGE).toMatch(/^\| contract \| `packages\/pairctl\/src\/contract` \| nothing \| `zlib` \|$/m);
});

test("refuses a page that has no place for the table", () => {
  expect(() => withImportTable("# Architecture\n")).toThrow(/must have a place for the table/);
});
