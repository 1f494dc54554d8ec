import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withImageUmask } from "../../src/machine/image-umask.ts";
import { writeRepository } from "../../src/nodes/apt-repository.ts";
import { isInstalled, packageLayer, type PackageRequest, unknownPackages } from "../../src/nodes/packages.ts";

const hasApt = ["apt-get", "dpkg-deb"].every((command) => spawnSync(command, ["--version"]).status === 0);
if (!hasApt) console.log("not run: packages are fetched by apt, which is not on this machine");

/** An archive of Debian's, as a folder of this machine: apt takes it like any other. */
const archive = mkdtempSync(join(tmpdir(), "rehearsal-archive-test-"));
const sources = [`deb [trusted=yes] file:${archive}/var/cache/rehearsal/packages ./`];
afterAll(() => rmSync(archive, { recursive: true }));

function buildPackage(folder: string, name: string, fields = ""): void {
  const root = join(folder, name);
  // dpkg-deb refuses a folder that is its owner's alone.
  withImageUmask(() => mkdirSync(join(root, "DEBIAN"), { recursive: true }));
  const control = `Package: ${name}\nVersion: 1.0\nArchitecture: all\nMaintainer: x <x@x>\nInstalled-Size: 2048\n`;
  writeFileSync(join(root, "DEBIAN/control"), `${control}${fields}Description: none\n`);
  execFileSync("dpkg-deb", ["--build", "--root-owner-group", root, join(folder, `${name}_1.0_all.deb`)]);
}

beforeAll(async () => {
  if (!hasApt) return;
  const built = join(archive, "built");
  buildPackage(built, "web", "Depends: base, web-common\nRecommends: web-doc\n");
  for (const name of ["web-common", "web-doc", "other"]) buildPackage(built, name);
  await writeRepository(archive, built);
});

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-packages-test-"));
  process.env["XDG_CACHE_HOME"] = join(folder, "cache");
  said = [];
  writeRoot({ "etc/os-release": "ID=debian\nVERSION_CODENAME=bookworm\n", "var/lib/dpkg/status": installed("base") });
});
afterEach(() => {
  delete process.env["XDG_CACHE_HOME"];
  rmSync(folder, { recursive: true });
});

const installed = (name: string) =>
  `Package: ${name}\nStatus: install ok installed\nMaintainer: x <x@x>\nArchitecture: all\nVersion: 2.0\nDescription: none\n\n`;

function writeRoot(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, "root", path, ".."), { recursive: true });
    writeFileSync(join(folder, "root", path), content);
  }
}

const DAY = 24 * 3600_000;
const NOON = Date.parse("2026-03-01T12:00:00Z");

function layer(packages: PackageRequest["packages"], { at = NOON, from = sources } = {}): Promise<string | undefined> {
  return packageLayer(
    { rootFilesystem: join(folder, "root"), packages },
    { settings: async () => ({ sources: from, options: [] }), now: () => at, say: (line) => said.push(line) },
  );
}

const filesIn = (path: string) => readdirSync(join(path, "var/cache/rehearsal/packages")).sort();
const cacheOf = () => readdirSync(join(folder, "cache/cdktf-tencentcloud-keepalived"));

describe.skipIf(!hasApt)("packages that the root filesystem lacks", () => {
  test("are fetched with what they depend on and recommend, and without what is there", async () => {
    const path = (await layer(["web", "base"])) ?? "";
    expect(filesIn(path)).toEqual([
      "Packages",
      "Release",
      "web-common_1.0_all.deb",
      "web-doc_1.0_all.deb",
      "web_1.0_all.deb",
    ]);
    expect(path).toMatch(/packages-bookworm-[0-9a-f]{12}-2026-03-01$/);
    expect(said).toEqual(["fetching packages that the nodes' root filesystem lacks (once): web"]);
  });

  test("are not fetched again for a month, nor where none is missing", async () => {
    const path = await layer(["web"]);
    expect(await layer(["web"], { at: NOON + 29 * DAY, from: [] })).toBe(path);
    expect(await layer(["base", "base=2.0"], { from: [] })).toBeUndefined();
  });

  test("are fetched for each request, and for each state of the root filesystem", async () => {
    const path = await layer(["web"]);
    expect(await layer(["web", "other"])).not.toBe(path);
    writeRoot({ "var/lib/dpkg/status": installed("base") + installed("more") });
    expect(await layer(["web"])).not.toBe(path);
    writeRoot({ "etc/os-release": "ID=debian\nVERSION_CODENAME=trixie\n" });
    expect(await layer(["web"])).toMatch(/packages-trixie-/);
  });

  test("are fetched again after a month, and the old ones are used where that does not work", async () => {
    const path = await layer(["web"]);
    const later = { at: NOON + 31 * DAY };
    expect(await layer(["web"], { ...later, from: [] })).toBe(path);
    expect(said.at(-1)).toMatch(/cannot be fetched: .*; those of 2026-03-01 are used/);
    expect(await layer(["web"], later)).toMatch(/-2026-04-01$/);
  });

  test("are fetched again where one of them is broken or lost", async () => {
    const path = (await layer(["web"])) ?? "";
    const file = join(path, "var/cache/rehearsal/packages/web_1.0_all.deb");
    appendFileSync(file, "x");
    expect(await layer(["web"])).toBe(path);
    expect(readFileSync(file).at(-1)).not.toBe("x".charCodeAt(0));
    rmSync(join(path, "var/cache/rehearsal/packages/Packages"));
    await layer(["web"]);
    expect(said.filter((line) => line.startsWith("fetching"))).toHaveLength(3);
  });
});

describe.skipIf(!hasApt)("refuses packages", () => {
  test("that there are not, and says which", async () => {
    await expect(layer(["web", "nginxx", "other=9"])).rejects.toThrow(
      /Debian bookworm has no package 'nginxx', .*which the user data asks for/,
    );
    expect(cacheOf()).toEqual([]);
  });

  test.each([
    ["no archive is known", [], /this machine's apt knows no archive of Debian's/],
    ["the archive is away", ["deb [trusted=yes] file:/nonexistent ./"], /nonexistent/],
  ])("where %s, and leaves nothing behind", async (_, from, message) => {
    const problem = layer(["web"], { from });
    await expect(problem).rejects.toThrow(message);
    await expect(problem).rejects.toThrow(/which the user data asks for, cannot be fetched.*\n.*--root-filesystem/s);
    expect(cacheOf()).toEqual([]);
  });

  test("where a package is not as its index says, and leaves nothing behind", async () => {
    const file = join(archive, "var/cache/rehearsal/packages/other_1.0_all.deb");
    const whole = readFileSync(file);
    try {
      writeFileSync(file, Buffer.concat([whole.subarray(0, -1), Buffer.from("x")]));
      await expect(layer(["other"])).rejects.toThrow(/cannot be fetched: .*Hash Sum mismatch/s);
      expect(cacheOf()).toEqual([]);
    } finally {
      writeFileSync(file, whole);
    }
  });

  test("for a system that is none of Debian's", async () => {
    writeRoot({ "etc/os-release": 'ID="almalinux"\n' });
    await expect(layer(["web"])).rejects.toThrow(/root filesystem lacks web, .*for Debian's only: .*--root-filesystem/);
  });
});

test("a package is there once it is installed, in its version where one is given", () => {
  const status = `${installed("base")}Package: half\nStatus: install ok half-configured\nVersion: 1\n\n${installed("g++")}`;
  expect(["base", "g++", "base=2.0"].map((name) => isInstalled(name, status))).toEqual([true, true, true]);
  expect(["half", "bas", "base=1.0", "gcc"].map((name) => isInstalled(name, status))).toEqual(Array(4).fill(false));
  expect(isInstalled("base", undefined)).toBe(false);
});

test("apt's words tell which packages there are not", () => {
  const stderr =
    "E: Unable to locate package a\nE: Version '9' for 'b' was not found\nE: Package 'c' has no installation candidate\n";
  expect(unknownPackages(stderr)).toEqual(["package 'a'", "version 9 of the package 'b'", "package 'c'"]);
});
