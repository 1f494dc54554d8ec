import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../src/index.ts";
import { asRoot, startPair } from "./support/pair.ts";

const CLI = fileURLToPath(new URL("../src/fault-cli.ts", import.meta.url));

let cloud: LocalCloud;
let port: string;
beforeEach(async () => {
  cloud = await startPair({ admin: true });
  ({ port } = new URL(cloud.apiUrls[0] ?? ""));
});
afterEach(() => cloud.stop());

function run(...args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), CLI, ...args]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += String(chunk)));
    child.on("close", (status) => resolve({ status, output }));
  });
}

test("puts a fault in place, lists it, and takes it back", async () => {
  const { status } = await run("--port", port, "DescribeHaVips", "--code", "InternalError", "--count", "all");
  expect(status).toBe(0);
  expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ Error: { Code: "InternalError" } });
  expect((await run("--port", port)).output).toContain('"action": "DescribeHaVips"');
  expect((await run("--port", port, "--clear")).status).toBe(0);
  expect(cloud.faults.pending).toEqual([]);
});

test("ends an instance's credentials", async () => {
  const url = `${cloud.metadataUrl("ins-aaaaaaaa")}/latest/meta-data/cam/security-credentials/pair-hook`;
  const token = async () => ((await (await fetch(url)).json()) as { Token: string }).Token;
  const before = await token();
  expect((await run("--port", port, "--expire", "ins-aaaaaaaa")).status).toBe(0);
  expect(await token()).not.toBe(before);
});

test("says why a fault is refused, and how the command is used", async () => {
  const nothing = await run("--port", port, "DescribeHaVips");
  expect(nothing).toMatchObject({ status: 1, output: expect.stringContaining("a fault needs") });
  const wrong = await run("DescribeHaVips", "--drop");
  expect(wrong).toMatchObject({ status: 2, output: expect.stringMatching(/--port must be.*got ''[\s\S]*usage:/) });
  const nobody = await run("--port", "1", "DescribeHaVips", "--drop");
  expect(nobody).toMatchObject({
    status: 2,
    output: expect.stringContaining("nothing answers at http://127.0.0.1:1/"),
  });
});
