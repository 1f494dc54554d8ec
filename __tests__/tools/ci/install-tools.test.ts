import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { PREREQUISITES } from "../../../packages/rehearsal/src/machine/prerequisites";

const ROOT = join(__dirname, "../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const script = read("tools/ci/install-tools");
const listOf = (group: string) => new RegExp(`^${group}=\\((.*)\\)$`, "m").exec(script)?.[1]?.split(" ") ?? [];

test("a container has what the rehearsal would install by itself", () => {
  const installed = [...listOf("rehearsal"), "git", "npm", "ca-certificates"];
  expect(PREREQUISITES.map(({ debian }) => debian).filter((name) => !installed.includes(name))).toEqual([]);
});

test("CI and the container install by the one list of packages", () => {
  expect(read(".ci/run")).toContain("\ntools/ci/install-tools judges ");
  expect(read(".devcontainer/Dockerfile")).toMatch(
    /^COPY tools\/ci\/install-tools [^]*^RUN install-tools judges rehearsal/m,
  );
  // Nothing else of the checkout goes into the container's build.
  expect(read(".devcontainer/Dockerfile.dockerignore")).toBe("*\n!tools/ci/install-tools\n");
});

test("the container of an editor is that of the Dockerfile, with the checkout where the Dockerfile works", () => {
  const { config, error } = ts.parseConfigFileTextToJson("devcontainer.json", read(".devcontainer/devcontainer.json"));
  expect(error).toBeUndefined();
  const { build, workspaceFolder, workspaceMount } = config;
  expect(existsSync(join(ROOT, ".devcontainer", build.dockerfile))).toBe(true);
  expect(join(ROOT, ".devcontainer", build.context)).toBe(ROOT);
  expect(read(".devcontainer/Dockerfile")).toContain(`\nWORKDIR ${workspaceFolder}\n`);
  expect(workspaceMount).toContain(`,target=${workspaceFolder},`);
});

test.each([[[]], [["browser"]]])("refuses %j as what is to be installed, with exit status 2", (args) => {
  const { status, stderr } = spawnSync("bash", [join(ROOT, "tools/ci/install-tools"), ...args], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/judges.*rehearsal/);
});
