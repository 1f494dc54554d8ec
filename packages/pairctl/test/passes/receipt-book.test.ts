import { expect, test } from "vitest";
import { receiptBook } from "../../src/passes/receipt-book.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { NODE_PATHS } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const receipt = (vip: string, ms: number) => ({ vip, vrrp: "MASTER", agree: "yes", ms }) as unknown as Receipt;

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

test("keeps each receipt in the log, and in the metrics the latest of each address", () => {
  const { files, keep, said } = bookOn();
  const receipts = [receipt("10.0.1.100", 1), receipt("10.0.1.200", 2), receipt("10.0.1.100", 3)];
  for (const each of receipts) keep(each);
  expect(files.get(NODE_PATHS.receiptLog)).toBe(receipts.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const ms = files.get(NODE_PATHS.metrics)?.match(/^pairctl_ms.*$/gm);
  expect(ms).toEqual(['pairctl_ms{vip="10.0.1.100"} 3', 'pairctl_ms{vip="10.0.1.200"} 2']);
  expect(said).toEqual([]);
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
