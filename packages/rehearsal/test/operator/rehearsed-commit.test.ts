import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rehearsedCommit } from "../../src/operator/rehearsed-commit.ts";

let folder: string;
const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsed-commit-"));
  git("init", "--quiet");
  mkdirSync(join(folder, "docs/changes"), { recursive: true });
  for (const file of ["source.ts", "docs/changes/havip.json"]) writeFileSync(join(folder, file), "first");
  git("add", ".");
  git("-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "--quiet", "--message", "first");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what was rehearsed is the commit, also where only the records have changed since", () => {
  writeFileSync(join(folder, "docs/changes/havip.json"), "second");
  expect(rehearsedCommit(folder)).toBe(git("rev-parse", "--short", "HEAD"));
});

test("what differs from its commit is said to do so", () => {
  writeFileSync(join(folder, "source.ts"), "second");
  expect(rehearsedCommit(folder)).toBe(`${git("rev-parse", "--short", "HEAD")}-dirty`);
});
