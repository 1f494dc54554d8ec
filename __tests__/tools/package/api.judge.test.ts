import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compareApi } from "../../../tools/package/api";

const folder = mkdtempSync(join(tmpdir(), "api-test-"));
const record = join(folder, "record");
afterAll(() => rmSync(folder, { recursive: true }));

/** A package with one function in its main entry point. */
function writePackage(declaration: string): void {
  mkdirSync(join(folder, "lib/constructs/testing"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "example", version: "1.0.0" }));
  const files = { "index.d.ts": declaration, "provider.d.ts": "export {};\n", "testing/index.d.ts": "export {};\n" };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "lib/constructs", file), text);
}

test("a signature that differs from the record is refused, until the record is written anew", () => {
  writePackage("export declare function drain(node: string): void;\n");
  expect(compareApi(folder, true, record)).toEqual([]);
  expect(readdirSync(record).sort()).toEqual(["index.api.md", "provider.api.md", "testing.api.md"]);

  writePackage("export declare function drain(node: string, seconds: number): void;\n");
  expect(compareApi(folder, false, record)).toEqual([
    expect.stringMatching(/^index: the public API differs .*npm run api/),
  ]);
  expect(readFileSync(join(record, "index.api.md"), "utf8")).not.toContain("seconds");

  expect(compareApi(folder, true, record)).toEqual([]);
  expect(compareApi(folder, false, record)).toEqual([]);
});
