import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { heartbeat } from "../../src/agent/heartbeat.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const AWAKE = join(import.meta.dirname, "../../../../assets/awake");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "heartbeat-"));
  for (const name of ["proc", "run"]) mkdirSync(join(root, name));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Sets how long ago the node was booted, in seconds. */
const setUptime = (seconds: number) => writeFileSync(join(root, "proc/uptime"), `${seconds.toFixed(2)} 1.00\n`);

/** Whether the shell scripts of the node take the agent for awake. */
function isAwake(): boolean {
  const script = readFileSync(AWAKE, "utf8").replace(/\/(?=run\/|proc\/)/g, `${root}/`);
  return spawnSync("sh", ["-c", script]).status === 0;
}

test("is what the node's scripts take for an agent that is awake, for four seconds", () => {
  setUptime(100.9);
  heartbeat(nodeHost(root));
  expect(isAwake()).toBe(true);
  setUptime(104.9);
  expect(isAwake()).toBe(true);
  setUptime(105);
  expect(isAwake()).toBe(false);
});

test("is missing before the first one, and after a reboot", () => {
  setUptime(2);
  expect(isAwake()).toBe(false);
});

test("is of no use where it is empty", () => {
  setUptime(2);
  writeFileSync(join(root, "run/pairctl.heartbeat"), "");
  expect(isAwake()).toBe(false);
});
