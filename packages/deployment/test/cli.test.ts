import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "deployment-cli-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), cli, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 30_000,
  });

test("says how it is used", () => {
  const { status, stdout } = run(["deploy", "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("usage: npm run deploy:local");
});

test.each([
  [["deploy", "--mechanism", "magic"], "--mechanism must be of havip, secondary-private-ip, got 'magic'"],
  [["deploy", "--port", "99999"], "--port must be a port, got '99999'"],
  [["fly"], "the command must be of deploy, destroy, got 'fly'"],
])("refuses %j with exit status 2", (args, message) => {
  const { status, stderr } = run(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test("without Terraform, says how to get it, with exit status 2", () => {
  const { status, stderr } = run(["deploy"], { TERRAFORM_BINARY_NAME: join(folder, "terraform") });
  expect(status).toBe(2);
  expect(stderr).toContain("Get it from https://developer.hashicorp.com/terraform/install");
});
