import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cgroupRoots, joinCgroup, makeCgroups } from "../../src/machine/cgroup.ts";

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

// A machine without cgroups, or somebody who is not root.
const writable = cgroupRoots().length > 0 && cgroupRoots().every(isWritable);
if (!writable) console.log("not run, since no cgroup can be made here: labs of two containers");

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!writable)("labs of two containers, whose process ids are alike, have cgroups of their own", async () => {
  const labs = [makeCgroups("cgroup-test-22-1"), makeCgroups("cgroup-test-22-1")];
  const paths = labs.flat().map(({ path }) => path);
  await Promise.all(labs.flat().map((cgroup) => cgroup[Symbol.asyncDispose]()));
  expect(new Set(paths).size).toBe(2 * cgroupRoots().length);
  expect(paths.filter((path) => existsSync(path))).toEqual([]);
});
