import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { joinCgroup } from "../../src/machine/cgroup.ts";

let lab: string;
beforeEach(() => {
  lab = mkdtempSync(join(tmpdir(), "cgroup-test-"));
});
afterEach(() => rmSync(lab, { recursive: true, force: true }));

test("a node's shell joins its cgroup, at the first start and at the next", () => {
  for (let start = 0; start < 2; start++) {
    execFileSync("sh", ["-c", joinCgroup(join(lab, "primary"))]);
    expect(readFileSync(join(lab, "primary/cgroup.procs"), "utf8")).toMatch(/^\d+\n$/);
  }
});

test("a node that starts while its lab is ended makes no cgroup anew", () => {
  rmSync(lab, { recursive: true });
  const { status } = spawnSync("sh", ["-c", `${joinCgroup(join(lab, "primary"))} && true`], { stdio: "ignore" });
  expect(status).not.toBe(0);
  expect(existsSync(lab)).toBe(false);
});
