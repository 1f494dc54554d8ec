import { NODE_PATHS } from "../contract/index.ts";
import { attempt } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { noteMetrics } from "./metrics.ts";
import type { Receipt } from "./receipt.ts";

/** Keeps the receipts of all addresses: in the log, and their numbers for Prometheus. */
export type Keep = (receipt: Receipt) => void;

/** Begins to keep receipts; that one cannot be kept stops nothing, and is said. */
export function receiptBook(host: Host, say: (line: string) => void): Keep {
  const latest = new Map<string | undefined, Receipt>();
  return (receipt) => {
    latest.set(receipt.vip, receipt);
    const inLog = attempt(() => host.appendFile(NODE_PATHS.receiptLog, `${JSON.stringify(receipt)}\n`));
    const trouble = noteMetrics(host, [...latest.values()]) || inLog;
    if (trouble) say(`receipt not kept: ${trouble}`);
  };
}
