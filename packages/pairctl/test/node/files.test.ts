import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { holder, LOG, SETTINGS, startCloud, STATE, TestNode } from "../support/pair.ts";

/** What a run writes below /run. */
const FILES = ["credentials", "metrics.prom"];

let cloud: LocalCloud;
let root: string;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  root = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  for (const folder of ["etc/pairctl", "run", "var/log"]) mkdirSync(join(root, folder), { recursive: true });
  const { settings } = new TestNode(cloud, "primary", "secondary-private-ip");
  writeFileSync(join(root, SETTINGS), JSON.stringify(settings));
  writeFileSync(join(root, `${STATE}notification`), "MASTER 1\n");
});
afterEach(async () => {
  rmSync(root, { recursive: true });
  await cloud.stop();
});

/** One run of a MASTER with real files. */
async function run(): Promise<{ status: number; receipt: Receipt; further: string[] }> {
  const host = { ...nodeHost(root), hasAddress: () => true, isRunning: () => true };
  const lines: string[] = [];
  const status = await main(host, ["reconcile"], (line) => lines.push(line));
  const [first = "", ...further] = lines;
  return { status, receipt: JSON.parse(first) as Receipt, further };
}

const read = (path: string) => readFileSync(join(root, path), "utf8");

test("a run leaves whole files behind, and nothing half-written", async () => {
  const { status, receipt, further } = await run();
  expect({ status, verdict: receipt.verdict, further }).toEqual({ status: 0, verdict: "moved", further: [] });
  expect(readdirSync(join(root, "run")).sort()).toEqual(
    ["notification", ...FILES].map((name) => `pairctl.${name}`).sort(),
  );
  expect(read(LOG)).toBe(`${JSON.stringify(receipt)}\n`);
});

test("a full disk stops no move: it is said what could not be written, and what was written before is whole", async () => {
  // Whatever is written to this device meets a full disk.
  for (const name of FILES) {
    writeFileSync(join(root, STATE + name), "of old");
    symlinkSync("/dev/full", join(root, `${STATE}${name}.new`));
  }
  symlinkSync("/dev/full", join(root, LOG));
  const { status, receipt, further } = await run();
  expect(receipt).toMatchObject({ verdict: "moved", holderAfter: "mine", agree: "yes" });
  expect(further).toEqual([expect.stringMatching(/^receipt not kept: ENOSPC/)]);
  expect(status).toBe(0);
  expect(holder(cloud)).toBe("ins-primary0");
  for (const name of FILES) expect(read(STATE + name)).toBe("of old");
  expect((await run()).receipt).toMatchObject({ verdict: "holds" });
});

test("a /run that cannot be written stops no move, and it is said why", async () => {
  rmSync(join(root, "run"), { recursive: true });
  writeFileSync(join(root, "run"), "a file in the folder's place");
  const { status, receipt, further } = await run();
  expect(receipt).toMatchObject({ verdict: "moved", holderAfter: "mine", agree: "yes" });
  expect(further).toEqual([expect.stringMatching(/^receipt not kept: ENOTDIR/)]);
  expect(status).toBe(0);
  expect(holder(cloud)).toBe("ins-primary0");
});

test("a log that cannot be written is said, and the metrics are kept all the same", async () => {
  rmSync(join(root, "var"), { recursive: true });
  const { status, receipt, further } = await run();
  expect(receipt.message).toBeUndefined();
  expect(further).toEqual([expect.stringMatching(/^receipt not kept: ENOENT.*pairctl\.log/)]);
  expect(read(`${STATE}metrics.prom`)).toMatch(/^pairctl_state\{.*agree="yes".*\} 1$/m);
  expect(status).toBe(0);
});
