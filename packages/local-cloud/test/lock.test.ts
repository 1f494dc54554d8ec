import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderLock } from "../src/deploy/lock.ts";
import { PrerequisitesError } from "../src/index.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "lock-test-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("a folder is one process's until it lets go", () => {
  {
    using _ = new FolderLock(folder);
    expect(() => new FolderLock(folder)).toThrow(PrerequisitesError);
    expect(() => new FolderLock(folder)).toThrow(`is in use by process ${process.pid}: end it first`);
  }
  expect(existsSync(join(folder, "lock"))).toBe(false);
  using again = new FolderLock(folder);
  expect(again).toBeInstanceOf(FolderLock);
});

test("what a killed process has left is taken over", () => {
  // No process has this number: it is above the kernel's limit.
  writeFileSync(join(folder, "lock"), "4194305");
  using lock = new FolderLock(folder);
  expect(lock).toBeInstanceOf(FolderLock);
});
