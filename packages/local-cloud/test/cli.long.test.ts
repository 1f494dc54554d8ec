import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LocalCloud, type Snapshot } from "../src/index.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "local-cloud-cli-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = ["--import", import.meta.resolve("tsx"), cli];

test("refuses a wrong command line on stderr, with exit status 2", async () => {
  const { argv } = process;
  const stdout = vi.spyOn(console, "log").mockReturnValue();
  const stderr = vi.spyOn(console, "error").mockReturnValue();
  try {
    process.argv = [process.execPath, cli, "--fly"];
    await import("../src/cli.ts");
    expect(process.exitCode).toBe(2);
    expect(stdout).not.toHaveBeenCalled();
    expect(stderr.mock.calls.flat()).toEqual([expect.stringContaining("Unknown option '--fly'")]);
  } finally {
    process.argv = argv;
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
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
