import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { receiptBook } from "../../src/passes/receipt-book.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { NODE_PATHS } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import type { Holder } from "../../src/protocol/decision/index.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const receipt = (vip: string, promotions: number, told: Partial<Receipt> = {}) =>
  ({ vip, vrrp: "MASTER", agree: "yes", verdict: "holds", promotions, ...told }) as Receipt;

/** A book on a node whose files are in memory, and what was said. */
function bookOn(overrides: Partial<Host> = {}) {
  const files = new Map<string, string>();
  const said: string[] = [];
  const host: Host = {
    ...nodeHost(),
    appendFile: (path, text) => void files.set(path, (files.get(path) ?? "") + text),
    writeFile: (path, text) => void files.set(path, text),
    ...overrides,
  };
  return { files, said, ...receiptBook(host, (line) => said.push(line)) };
}

/** The samples of one metric, without its name. */
function samplesOf(metric: string, files: ReadonlyMap<string, string>): string[] | undefined {
  const lines = files.get(NODE_PATHS.metrics)?.split("\n");
  return lines?.filter((line) => line.startsWith(`pairctl_${metric}{`)).map((line) => line.slice(line.indexOf("{")));
}

test("keeps each receipt in the log, and in the metrics the latest of each address", () => {
  const { files, keep, said } = bookOn();
  const receipts = [receipt("10.0.1.100", 1), receipt("10.0.1.200", 2), receipt("10.0.1.100", 3)];
  for (const each of receipts) keep(each);
  expect(files.get(NODE_PATHS.receiptLog)).toBe(receipts.map((each) => `${JSON.stringify(each)}\n`).join(""));
  expect(samplesOf("promotions_total", files)).toEqual(['{vip="10.0.1.100"} 3', '{vip="10.0.1.200"} 2']);
  expect(said).toEqual([]);
});

test("keeps in the metrics how long the last takeover of each address took, whatever comes after it", () => {
  const { files, keep } = bookOn();
  const takeovers: (string[] | undefined)[] = [];
  for (const each of [
    receipt("10.0.1.100", 0, { ms: 20 }),
    receipt("10.0.1.100", 1, { ms: 240, verdict: "moved" }),
    receipt("10.0.1.200", 0, { ms: 7 }),
    receipt("10.0.1.100", 1, { ms: 30, verdict: "failed" }),
    receipt("10.0.1.100", 2, { ms: 1250, verdict: "moved" }),
  ]) {
    keep(each);
    takeovers.push(samplesOf("takeover_seconds", files));
  }
  const [first, second] = ['{vip="10.0.1.100"}', '{vip="10.0.1.200"}'];
  expect(takeovers).toEqual([
    [`${first} NaN`],
    [`${first} 0.24`],
    [`${first} 0.24`, `${second} NaN`],
    [`${first} 0.24`, `${second} NaN`],
    [`${first} 1.25`, `${second} NaN`],
  ]);
});

test.each(["appendFile", "writeFile"] as const)("says why one could not be kept, and goes on: %s", (failing) => {
  const { files, keep, metrics, said } = bookOn({
    [failing]: () => {
      throw new Error("ENOSPC: no space left on device");
    },
  });
  keep(receipt("10.0.1.100", 1));
  expect(said).toEqual(["receipt not kept: ENOSPC: no space left on device"]);
  expect([...files.keys()]).toEqual([failing === "appendFile" ? NODE_PATHS.metrics : NODE_PATHS.receiptLog]);
  expect(metrics()).toMatch(/^pairctl_promotions_total\{vip="10\.0\.1\.100"\} 1$/m);
});

test("tells the metrics that it has written", () => {
  const { files, keep, metrics } = bookOn();
  expect(metrics()).toBe("");
  for (const promotions of [1, 2]) {
    keep(receipt("10.0.1.100", promotions));
    expect(metrics()).toBe(files.get(NODE_PATHS.metrics));
  }
});

test("writes metrics that anybody may read, and only root may write", () => {
  const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  try {
    for (const name of ["run", "var/log"]) mkdirSync(join(folder, name), { recursive: true });
    const said: string[] = [];
    receiptBook(nodeHost(folder), (line) => said.push(line)).keep(receipt("10.0.1.100", 1));
    expect(statSync(join(folder, NODE_PATHS.metrics)).mode & 0o777).toBe(0o644);
    receiptBook(nodeHost(join(folder, "absent")), (line) => said.push(line)).keep(receipt("10.0.1.100", 1));
    expect(said).toEqual([expect.stringMatching(/^receipt not kept: ENOENT/)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Who had the address at the beginning of a run, and at its end. */
type HoldersOfRun = readonly [before: Holder, after: Holder];

describe("holder changes", () => {
  /** The counter after each run. */
  function counted(...runs: readonly HoldersOfRun[]): (string | undefined)[] {
    const { files, keep } = bookOn();
    return runs.map(([holderBefore, holderAfter]) => {
      keep(receipt("10.0.1.100", 0, { holderBefore, holderAfter } as Partial<Receipt>));
      return samplesOf("holder_changes_total", files)?.[0]?.split(" ")[1];
    });
  }

  test.each<[string, HoldersOfRun[], (string | undefined)[]]>([
    [
      "one that stays where it is",
      [
        ["mine", "mine"],
        ["mine", "mine"],
      ],
      [undefined, "0"],
    ],
    [
      "one that this node takes",
      [
        ["peer", "peer"],
        ["peer", "mine"],
        ["mine", "mine"],
      ],
      [undefined, "1", "1"],
    ],
    [
      "one that changed between two runs",
      [
        ["peer", "peer"],
        ["mine", "mine"],
      ],
      [undefined, "1"],
    ],
    [
      "one that somebody took, and that this node has taken back",
      [
        ["mine", "mine"],
        ["peer", "mine"],
      ],
      [undefined, "2"],
    ],
    [
      "one that went to a foreign interface",
      [
        ["mine", "mine"],
        ["foreign", "foreign"],
      ],
      [undefined, "1"],
    ],
    [
      "one that left the parking interface",
      [
        ["parked", "parked"],
        ["parked", "mine"],
      ],
      [undefined, "1"],
    ],
  ])("count %s", (_, runs, counts) => {
    expect(counted(...runs)).toEqual(counts);
  });

  test.each<Holder>(["unknown", "moving", "none", "gone"])("take %s in between for no change", (between) => {
    expect(counted(["peer", "peer"], ["peer", between], [between, between], [between, "peer"])).toEqual([
      ...[undefined, "0", "0", "0"],
    ]);
    expect(counted(["peer", "peer"], [between, between], [between, "mine"], ["mine", "mine"])).toEqual([
      ...[undefined, "0", "1", "1"],
    ]);
  });

  test("count for each address by itself, and begin again with each agent", () => {
    const { files, keep } = bookOn();
    const told = (vip: string, holder: Holder) => keep(receipt(vip, 0, { holderBefore: holder, holderAfter: holder }));
    for (const holder of ["mine", "peer", "mine"] as const) told("10.0.1.100", holder);
    for (const holder of ["mine", "mine"] as const) told("10.0.1.200", holder);
    expect(samplesOf("holder_changes_total", files)).toEqual(['{vip="10.0.1.100"} 2', '{vip="10.0.1.200"} 0']);
    expect(counted(["mine", "mine"], ["mine", "mine"])).toEqual([undefined, "0"]);
  });
});
