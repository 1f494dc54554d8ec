import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { main } from "../src/cli/main.ts";
import {
  actionsOf,
  bundleName,
  MECHANISMS,
  NODE_PATHS,
  OPTIONAL_FEATURES,
  type OptionalFeature,
  SETTINGS_ROWS,
} from "../src/contract/index.ts";
import { nodeHost } from "../src/node/real-host.ts";
import { startCloud, TestNode } from "./support/pair.ts";

const BUNDLES = fileURLToPath(new URL("../../../assets/pairctl", import.meta.url));
const PAIRCTL = join(BUNDLES, "secondary-private-ip.js");
const PACKAGE = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
const SOURCE = fileURLToPath(new URL("../src", import.meta.url));

/** Runs the built file as the node does: by its own first line. */
function run(command: string, root = "", file = PAIRCTL): Promise<{ status: number | null; stdout: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PAIRCTL_ROOT: root };
    const child = spawn(file, [command], { env, stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

test("is one executable file of at most 27 KB that tells its package's version, and its hash", async () => {
  expect(statSync(PAIRCTL).size).toBeLessThanOrEqual(27 * 1024);
  const { status, stdout } = await run("--version");
  const [said, usage] = stdout.split("\n");
  expect({ status, usage }).toEqual({ status: 0, usage: expect.stringMatching(/^usage: /) });
  const [version, hash] = said?.split(" ") ?? [];
  expect(version).toBe(PACKAGE.version);
  expect(hash).toMatch(/^[0-9a-f]{8}$/);
});

test.each(MECHANISMS)("knows the commands of the source by their names, in the bundle for %s", async (mechanism) => {
  const lines: string[] = [];
  await main(nodeHost(), ["--version"], (line) => lines.push(...line.split("\n")));
  const { stdout } = await run("--version", "", join(BUNDLES, `${mechanism}.js`));
  const usage = lines.find((line) => line.startsWith("usage: "));
  expect(usage).toContain("|receipts");
  expect(stdout.trim().split("\n")).toContain(usage);
});

test("requires core modules by the names that Node 10 knows", () => {
  const code = readFileSync(PAIRCTL, "utf8");
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
  expect([...new Set(required)].sort()).toEqual(["child_process", "crypto", "fs", "http", "https", "os", "path"]);
});

test("asks the real node who it is: it is not MASTER, and the address is another's, which it says in one line", async () => {
  await using cloud = await startCloud("secondary-private-ip");
  const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  try {
    for (const name of ["etc/pairctl", "run", "var/log"]) mkdirSync(join(folder, name), { recursive: true });
    const { settings } = new TestNode(cloud, "primary", "secondary-private-ip");
    writeFileSync(join(folder, "etc/pairctl/settings.json"), JSON.stringify(settings));
    writeFileSync(join(folder, "run/pairctl.notification"), "FAULT 1\n");
    const { status, stdout } = await run("reconcile", folder);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      trigger: "FAULT",
      // FAULT where somebody runs a keepalived on this machine.
      vrrp: expect.stringMatching(/^(DEAD|FAULT)$/),
      verdict: "failed",
      agree: "unknown",
      message: "10.0.1.11 is not this node's",
    });
    expect(status).toBe(1);
    expect(readFileSync(join(folder, "var/log/pairctl.log"), "utf8")).toBe(stdout);
    const metrics = join(folder, "run/pairctl.metrics.prom");
    expect(readFileSync(metrics, "utf8")).toMatch(/^pairctl_state\{vip="10\.0\.1\.100",.*agree="unknown"/m);
    expect(statSync(metrics).mode & 0o777).toBe(0o644);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("refuses wrong settings in the source's words", async () => {
  const wrong = Object.fromEntries(Object.keys(SETTINGS_ROWS).map((key) => [key, { not: key }]));
  const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  try {
    mkdirSync(join(folder, "etc/pairctl"), { recursive: true });
    writeFileSync(join(folder, NODE_PATHS.settings), JSON.stringify(wrong));
    const lines: string[] = [];
    await main(nodeHost(folder), ["status"], (line) => lines.push(line));
    for (const key of Object.keys(SETTINGS_ROWS)) {
      expect(lines[0]).toMatch(new RegExp(`'${key}' must not be \\{"not":"${key}"\\}|'${key}\\.0' is missing`));
    }
    const file = join(BUNDLES, bundleName("secondary-private-ip", OPTIONAL_FEATURES));
    expect(await run("status", folder, file)).toEqual({ status: 2, stdout: `${lines[0]}\n` });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the source calls just the actions of the contract's table", () => {
  const code = readdirSync(SOURCE, { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(SOURCE, name), "utf8"))
    .join("\n");
  const called = [...code.matchAll(/\b(?:call\(|write\(run, )"(\w+)"/g)].map((match) => match[1]);
  expect([...new Set(called)].sort()).toEqual(MECHANISMS.flatMap((mechanism) => actionsOf(mechanism)).sort());
});

describe("a bundle with a proxy, and one without", () => {
  const read = (features: readonly OptionalFeature[]) =>
    readFileSync(join(BUNDLES, bundleName("secondary-private-ip", features)), "utf8");

  test("only the one with it can open a tunnel", () => {
    expect(read(["httpsProxy"])).toContain('"CONNECT"');
    expect(read([])).not.toContain('"CONNECT"');
  });

  test.each<[readonly OptionalFeature[], boolean]>([
    [["httpsProxy"], false],
    [[], true],
  ])("with the features %j refuses the key: %s", async (features, isRefused) => {
    await using cloud = await startCloud("secondary-private-ip");
    const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
    try {
      for (const name of ["etc/pairctl", "run"]) mkdirSync(join(folder, name), { recursive: true });
      const { settings } = new TestNode(cloud, "primary", "secondary-private-ip");
      const written = JSON.stringify({ ...settings, httpsProxy: "http://127.0.0.1:1" });
      writeFileSync(join(folder, NODE_PATHS.settings), written);
      const { stdout } = await run("status", folder, join(BUNDLES, bundleName("secondary-private-ip", features)));
      expect(stdout.includes("'httpsProxy' is unknown: take it out")).toBe(isRefused);
      expect(stdout.includes("10.0.1.100")).toBe(!isRefused);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
