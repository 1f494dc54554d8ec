import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withImageUmask } from "../../src/machine/image-umask.ts";
import { startIsolated } from "../../src/machine/isolation.ts";

let folder: string;
let before: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "image-umask-test-"));
  before = process.umask(0o077);
});
afterEach(() => {
  process.umask(before);
  rmSync(folder, { recursive: true });
});

const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log("not run: a process in namespaces takes root");

describe("for a caller whose umask is 077", () => {
  test("what is made for a node can be read by every user of the node, and the caller's umask stays", () => {
    withImageUmask(() => {
      mkdirSync(join(folder, "etc"));
      writeFileSync(join(folder, "etc/hosts"), "");
    });
    expect([mode("etc"), mode("etc/hosts"), process.umask()]).toEqual(["755", "644", 0o077]);
  });

  test("the umask stays also where it cannot be made", () => {
    expect(() => withImageUmask(() => mkdirSync(join(folder, "no/such/folder")))).toThrow(/ENOENT/);
    expect(process.umask()).toBe(0o077);
  });

  test.runIf(isRoot)("a lab, and what builds a root filesystem, make files with an image's modes", async () => {
    const child = startIsolated(["sh", "-c", 'mkdir "$0/root"', folder], {
      ownNetwork: false,
      interruption: new AbortController().signal,
      stdio: "ignore",
    });
    await once(child, "close");
    expect(mode("root")).toBe("755");
  });
});
