import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalCloud, type Snapshot } from "../src/index.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "local-cloud-cli-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = ["--import", import.meta.resolve("tsx"), cli];

const run = (...args: string[]) => spawnSync(process.execPath, [...command, ...args], { encoding: "utf8" });

test("says how it is used", () => {
  const { status, stdout } = run("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("usage: npm run local-cloud");
});

test.each([
  [["--port", "99999"], "--port must be a port, got '99999'"],
  [["--fly"], "Unknown option '--fly'"],
  [["--assume", "eip=stays"], "an assumption must be one of migration-from-free-eni,"],
])("refuses %j with exit status 2", (args, message) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test("refuses a state file that is in use, or of another region, with exit status 2", () => {
  const file = join(folder, "cloud.json");
  writeFileSync(file, JSON.stringify({ version: 1, region: "ap-tokyo", maps: {} }));
  expect(run("--state", file, "--region", "ap-singapore")).toMatchObject({ status: 2 });
  writeFileSync(`${file}.lock`, String(process.pid));
  const { status, stderr } = run("--state", file);
  expect(status).toBe(2);
  expect(stderr).toContain(`is in use by process ${process.pid}`);
});

test("serves what the state file has, and writes it again when it is interrupted", async () => {
  const file = join(folder, "cloud.json");
  await using cloud = await LocalCloud.start({ region: "ap-tokyo" });
  cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  const before = await cloud.snapshot();
  writeFileSync(file, JSON.stringify(before));

  const child = spawn(process.execPath, [...command, "--state", file], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = await new Promise<string>((resolve) => child.stdout.once("data", (text) => resolve(String(text))));
  const url = /http:\S+/.exec(said)?.[0] ?? "";
  expect(said).toContain("A Tencent Cloud of ap-tokyo on this machine");
  const state = (await (await fetch(`${url}state`)).json()) as { resources: { vpcs: { vpcId: string }[] } };
  expect(state.resources.vpcs).toMatchObject([{ vpcId: "vpc-11111111" }]);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8")) as Snapshot).toEqual(before);
});
