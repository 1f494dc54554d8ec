import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(__dirname, "..");
const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));

test("npm 9.2, the one of Debian 12 and 13, can read the lock file: no override names another package", () => {
  const { overrides = {} } = read("package.json");
  expect(JSON.stringify(overrides)).not.toContain("npm:");
});

test("the lock file names no server to download from: each user's own registry is asked", () => {
  const packages: Readonly<Record<string, { readonly resolved?: string }>> = read("package-lock.json").packages;
  const addresses = Object.values(packages).flatMap(({ resolved = "" }) => (resolved.includes(":") ? [resolved] : []));
  expect(Object.keys(packages).length).toBeGreaterThan(500);
  expect(addresses).toEqual([]);
});

test("no installed package runs a script but esbuild, which works without it", () => {
  const packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>> =
    read("package-lock.json").packages;
  const scripted = Object.keys(packages).filter((path) => path !== "" && packages[path]?.hasInstallScript === true);
  expect(scripted.map((path) => path.split("node_modules/").at(-1))).toEqual(["esbuild"]);
});
