import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { explainInit } from "../src/deploy/prerequisites.ts";
import { LocalCloud, type Snapshot } from "../src/index.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "command-line-"))));
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
  [["fly"], "the command must be of deploy, destroy, serve, got 'fly'"],
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

test("knows by Terraform's words that the provider cannot be had", () => {
  const words = "Error: Failed to query available provider packages\n\nCould not retrieve the list of versions";
  expect(explainInit(words)).toContain("Terraform cannot get the provider tencentcloudstack/tencentcloud");
  expect(explainInit("Error: Invalid resource type")).toBeUndefined();
});

test("a cloud goes on from another one's snapshot, which is plain JSON", async () => {
  await using first = await LocalCloud.start({ region: "ap-singapore", taskMs: 1 });
  first.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  const text = JSON.stringify(await first.snapshot());
  await using second = await LocalCloud.start({ region: "ap-singapore", snapshot: JSON.parse(text) as Snapshot });
  expect([...second.state.vpcs]).toEqual([...first.state.vpcs]);
});

test.each([
  [{ version: 2 }, "the state of the local cloud must have the version 1, got 2"],
  [{ region: "ap-tokyo" }, "is of the region 'ap-tokyo', not of 'ap-singapore'"],
  [{ maps: { moons: [] } }, "has 'moons', which this version does not know"],
])("refuses a snapshot with %j", async (change, message) => {
  const snapshot = { version: 1, region: "ap-singapore", maps: {}, ...change } as Snapshot;
  await expect(LocalCloud.start({ region: "ap-singapore", snapshot })).rejects.toThrow(message);
});
