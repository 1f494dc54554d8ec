import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PrerequisitesError } from "../../src/machine/prerequisites.ts";
import { cached, cacheFolder, makeCacheFolder } from "../../src/nodes/cache.ts";

const NAME = "cdktf-tencentcloud-keepalived";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cache-test-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("the cache folder", () => {
  test("is below XDG_CACHE_HOME", () => {
    vi.stubEnv("XDG_CACHE_HOME", folder);
    expect(makeCacheFolder()).toBe(join(folder, NAME));
    expect(existsSync(join(folder, NAME))).toBe(true);
  });

  // https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is invalid and is to be ignored.
  test.each(["", "cache", "./cache", "../cache"])("is in the home where XDG_CACHE_HOME is '%s'", (value) => {
    vi.stubEnv("XDG_CACHE_HOME", value);
    expect(cacheFolder()).toBe(join(homedir(), ".cache", NAME));
  });

  test.each<[string, () => string]>([
    ["a file", () => join(folder, "file")],
    ["in a file system that takes no folders", () => "/sys/cache"],
    ["in a file system that says of a new folder that it is not there", () => "/proc/cache"],
    ["a link that leads nowhere", () => join(folder, "link")],
  ])("refuses XDG_CACHE_HOME that is %s, naming it", async (_, path) => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync(join(folder, "nowhere"), join(folder, "link"));
    vi.stubEnv("XDG_CACHE_HOME", path());
    const refusal = new RegExp(
      `^the cache folder '${path()}/${NAME}' cannot be used .*: name another .* XDG_CACHE_HOME`,
    );
    expect(() => makeCacheFolder()).toThrow(PrerequisitesError);
    expect(() => makeCacheFolder()).toThrow(refusal);
    await expect(cached("anything", async () => {})).rejects.toThrow(refusal);
  });

  test("refuses a disk without the room, saying how much there is", () => {
    vi.stubEnv("XDG_CACHE_HOME", folder);
    const { blocks, bsize } = statfsSync(folder);
    const more = Math.ceil((blocks * bsize) / 2 ** 20) + 1;
    expect(() => makeCacheFolder(more)).toThrow(new RegExp(`it takes ${more} MB, and \\d+ MB are free there`));
    expect(readdirSync(join(folder, NAME))).toEqual([]);
  });
});
