import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeWhole } from "../../src/machine/write-whole.ts";

test("puts a new file in the place of the old one, and leaves nothing beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "write-whole-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "record.json");
  writeWhole(path, "first");
  const { ino } = statSync(path);
  writeWhole(path, "second");
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(statSync(path).ino).not.toBe(ino);
  expect(readdirSync(folder)).toEqual(["record.json"]);
});
