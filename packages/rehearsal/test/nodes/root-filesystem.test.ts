import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PrerequisitesError } from "../../src/machine/prerequisites.ts";
import { rootFilesystem } from "../../src/nodes/root-filesystem.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "root-filesystem-test-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function makeRoot(files: readonly string[]): string {
  const root = join(folder, "root");
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  return root;
}

const whole = ["usr/lib/systemd/systemd", "usr/bin/cloud-init", "etc/os-release"];
const get = (path: string) => rootFilesystem({ path }, () => {}, new AbortController().signal);

describe("a root filesystem of the user's own", () => {
  test("is used where it is, if it is a folder", async () => {
    const root = makeRoot(whole);
    expect(await get(root)).toBe(root);
  });

  test("is unpacked once, if it is a tarball", async () => {
    const tarball = join(folder, "image.tar");
    execFileSync("tar", ["--create", `--file=${tarball}`, `--directory=${makeRoot(whole)}`, "."]);
    const unpacked = await get(tarball);
    expect(readdirSync(unpacked).sort()).toEqual(["etc", "usr"]);
    rmSync(join(unpacked, "etc/os-release"));
    expect(await get(tarball)).toBe(unpacked);
    expect(readdirSync(join(unpacked, "etc"))).toEqual([]);
  });

  test.each<[string, () => string, RegExp]>([
    ["a path where nothing is", () => join(folder, "nothing"), /got '.*nothing': there is nothing at that path/],
    [
      "a folder without cloud-init",
      () => makeRoot(["usr/lib/systemd/systemd", "etc/os-release"]),
      /it lacks usr\/bin\/cloud-init$/,
    ],
    [
      "a file that is no tarball",
      () => {
        const file = join(folder, "text");
        writeFileSync(file, "hello");
        return file;
      },
      /tar cannot read it/,
    ],
  ])("refuses %s, and leaves nothing half unpacked", async (_, path, message) => {
    const getting = get(path());
    await expect(getting).rejects.toThrow(PrerequisitesError);
    await expect(getting).rejects.toThrow(message);
    const kept = join(folder, "cache/cdktf-tencentcloud-keepalived");
    await vi.waitFor(() => expect(existsSync(kept) ? readdirSync(kept) : []).toEqual([]), 60_000);
  });
});
