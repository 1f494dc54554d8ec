import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ACTIONS, camActions } from "../src/actions.ts";
import { startCloud, TestNode } from "./pair.ts";

const BUILT = fileURLToPath(new URL("../../../assets/migration-hook", import.meta.url));
const HOOK = join(BUILT, "hook.js");
const SOURCE = fileURLToPath(new URL("../src", import.meta.url));

/** Runs the built file as the node does: by its own first line. */
function run(...args: string[]): Promise<{ status: number | null; stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn(HOOK, args, { stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

test("is one executable file of at most 24 KB that tells its version and hash", async () => {
  expect(statSync(HOOK).size).toBeLessThanOrEqual(24 * 1024);
  expect(await run("--version")).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^migration-hook \d+\.\d+\.\d+ [0-9a-f]{8}\n$/),
  });
});

test("keeps its names, and requires core modules by the names that Node 10 knows", () => {
  const code = readFileSync(HOOK, "utf8");
  expect(code).toContain("async function reconcile(host,settings,promoted)");
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
  expect([...new Set(required)].sort()).toEqual(["crypto", "fs", "http", "https", "os", "path"]);
});

test("asks the real node who it is: no keepalived here, so it is idle, with one line that says so", async () => {
  await using cloud = await startCloud("secondary-private-ip");
  const folder = mkdtempSync(join(tmpdir(), "hook-test-"));
  try {
    const settings = join(folder, "settings.json");
    writeFileSync(settings, JSON.stringify(new TestNode(cloud, "primary", "secondary-private-ip").settings));
    writeFileSync(join(folder, "wish"), "BACKUP 1\n");
    const { status, stdout } = await run("reconcile", settings, folder);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ trigger: "BACKUP", vrrp: "not MASTER", verdict: "idle" });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "done"), "utf8")).toBe("BACKUP 1\n");
    expect(statSync(join(folder, "done")).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the built table of actions is the source's, and the source calls just these", () => {
  expect(JSON.parse(readFileSync(join(BUILT, "actions.json"), "utf8"))).toEqual(camActions());
  const code = readdirSync(SOURCE)
    .map((name) => readFileSync(join(SOURCE, name), "utf8"))
    .join("\n");
  const called = [...code.matchAll(/\bcall\("(\w+)"/g)].map((match) => match[1]);
  expect([...new Set(called)].sort()).toEqual([...ACTIONS.havip, ...ACTIONS["secondary-private-ip"]].sort());
});
