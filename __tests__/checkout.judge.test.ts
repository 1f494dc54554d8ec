import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(__dirname, "..");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { synth: string } };
const hasRepository = spawnSync("git", ["-C", ROOT, "rev-parse", "HEAD"]).status === 0;
if (!hasRepository) console.log("not run: this checkout has no git repository to make a worktree of");

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "checkout test "))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Does in a shell what `npm run synth` does. @returns the names of the stack's nodes */
function synthesize(checkout: string, env: NodeJS.ProcessEnv = {}, before = ":"): string[] {
  const output = join(folder, "cdktf.out");
  const { status, stderr } = spawnSync("/bin/sh", ["-c", `${before}; ${scripts.synth}`], {
    cwd: checkout,
    env: { PATH: process.env["PATH"], HOME: folder, CHECKPOINT_DISABLE: "1", CDKTF_OUTDIR: output, ...env },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  const stack = JSON.parse(readFileSync(join(output, "stacks/web-pair/cdk.tf.json"), "utf8")) as {
    resource: { tencentcloud_instance: Record<string, { instance_name: string }> };
  };
  return Object.values(stack.resource.tencentcloud_instance).map((node) => node.instance_name);
}

const NODES = ["web-pair-primary", "web-pair-secondary"];

/** A folder for the path in which there is Node.js and nothing else. */
function onlyNode(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  return bin;
}

test("a checkout synthesizes where there is no git, and no home that could be written to", () => {
  const env = { PATH: onlyNode(), HOME: "/dev/null/home" };
  expect(spawnSync("git", ["--version"], { env }).error).toBeDefined();
  expect(synthesize(ROOT, env)).toEqual(NODES);
});

test("a checkout synthesizes where new files are for their owner only", () => {
  expect(synthesize(ROOT, {}, "umask 077")).toEqual(NODES);
});

test.runIf(hasRepository)("a worktree synthesizes, in a path with spaces", () => {
  const worktree = join(folder, "a second branch");
  const git = (...args: string[]) => spawnSync("git", ["-C", ROOT, "worktree", ...args], { encoding: "utf8" });
  const { status, stderr } = git("add", "--quiet", "--detach", worktree);
  expect(status, stderr).toBe(0);
  try {
    // What `npm ci` installs and builds.
    symlinkSync(join(ROOT, "node_modules"), join(worktree, "node_modules"));
    for (const built of ["assets/pairctl", "packages/provider-tencentcloud/lib"])
      cpSync(join(ROOT, built), join(worktree, built), { recursive: true });
    expect(synthesize(worktree)).toEqual(NODES);
  } finally {
    git("remove", "--force", worktree);
    expect(existsSync(worktree)).toBe(false);
  }
});
