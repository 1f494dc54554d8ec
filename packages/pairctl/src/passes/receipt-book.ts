import { NODE_PATHS } from "../contract/index.ts";
import { attempt } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { type LatestReceipt, noteMetrics } from "./metrics.ts";
import type { Receipt } from "./receipt.ts";

/** Writes a receipt into the log, and its numbers, with the latest of the other addresses, for Prometheus. */
export type Keep = (receipt: Receipt) => void;

/** Starts to keep receipts. One that cannot be written stops nothing; `say` gets the reason. */
export function receiptBook(host: Host, say: (line: string) => void): Keep {
  const latest = new Map<string | undefined, LatestReceipt>();
  return (receipt) => {
    const takeoverMs = receipt.verdict === "moved" ? receipt.ms : latest.get(receipt.vip)?.takeoverMs;
    latest.set(receipt.vip, { ...receipt, takeoverMs });
    const inLog = attempt(() => host.appendFile(NODE_PATHS.receiptLog, `${JSON.stringify(receipt)}\n`));
    const trouble = noteMetrics(host, [...latest.values()]) || inLog;
    if (trouble) say(`receipt not kept: ${trouble}`);
  };
}
