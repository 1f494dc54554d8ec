import { expect, test } from "vitest";
import { receiptBook } from "../../src/passes/receipt-book.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { NODE_PATHS } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
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
  return { files, said, keep: receiptBook(host, (line) => said.push(line)) };
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
  const { files, keep, said } = bookOn({
    [failing]: () => {
      throw new Error("ENOSPC: no space left on device");
    },
  });
  keep(receipt("10.0.1.100", 1));
  expect(said).toEqual(["receipt not kept: ENOSPC: no space left on device"]);
  expect([...files.keys()]).toEqual([failing === "appendFile" ? NODE_PATHS.metrics : NODE_PATHS.receiptLog]);
});
