import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Leftover } from "../../src/machine/leftover.ts";

const MODULE = fileURLToPath(new URL("../../src/machine/leftover.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leftover-test-"));
  mkdirSync(join(folder, "nested"));
  writeFileSync(join(folder, "nested/file"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a leftover is there as long as it is in use, and then no longer", async () => {
  {
    await using leftover = new Leftover(folder, "files");
    expect(existsSync(leftover.path)).toBe(true);
  }
  expect(existsSync(folder)).toBe(false);
});

test("a leftover goes even where the process that made it is killed", async () => {
  const script = `
    import { Leftover } from ${JSON.stringify(MODULE)};
    new Leftover(${JSON.stringify(folder)}, "files");
    console.log("made");
    setInterval(() => {}, 1000);`;
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script];
  const owner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(owner.stdout, "data");
  expect(existsSync(folder)).toBe(true);
  owner.kill("SIGKILL");
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 60_000);
});

test("a leftover goes even where its sweeper is killed, as by a Ctrl-C that comes while it starts", async () => {
  const children = `/proc/self/task/${process.pid}/children`;
  const before = new Set(readFileSync(children, "utf8").split(" "));
  const leftover = new Leftover(folder, "files");
  const [sweeper] = readFileSync(children, "utf8")
    .split(" ")
    .filter((pid) => !before.has(pid));
  process.kill(Number(sweeper), "SIGINT");
  await leftover[Symbol.asyncDispose]();
  expect(existsSync(folder)).toBe(false);
});
