import { NODE_PATHS } from "../contract/index.ts";
import { attempt, note } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import type { Holder } from "../protocol/decision/index.ts";
import { type LatestReceipt, metricsOf } from "./metrics.ts";
import type { Receipt } from "./receipt.ts";

/** Anybody may read the metrics: node_exporter does not run as root. */
const METRICS_MODE = 0o644;

/** Where an address can stay. Between two of them, on nobody or on its way, it has not changed its holder yet. */
const HOLDERS: readonly (Holder | undefined)[] = ["mine", "peer", "parked", "foreign"];

/** Keeps receipts. */
export interface ReceiptBook {
  /** Writes a receipt into the log, and its numbers, with the latest of the other addresses, for Prometheus. */
  keep(receipt: Receipt): void;
  /** The same numbers, also where they cannot be written. */
  metrics(): string;
}

/** Starts to keep receipts. One that cannot be written stops nothing; `say` gets the reason. */
export function receiptBook(host: Host, say: (line: string) => void): ReceiptBook {
  const latest = new Map<string | undefined, LatestReceipt>();
  const metrics = () => metricsOf([...latest.values()]);
  const keep = (receipt: Receipt) => {
    const before = latest.get(receipt.vip);
    const { holder: lastHolder, holderChanges: changesBefore = 0, takeoverMs: lastTakeoverMs } = before || {};
    const takeoverMs = receipt.verdict === "moved" ? receipt.ms : lastTakeoverMs;
    const seen = [lastHolder, receipt.holderBefore, receipt.holderAfter].filter((each) => HOLDERS.includes(each));
    const changes = seen.filter((holder, index) => index > 0 && holder !== seen[index - 1]).length;
    const holderChanges = before && changesBefore + changes;
    latest.set(receipt.vip, { ...receipt, takeoverMs, holder: seen.pop(), holderChanges });
    const inLog = attempt(() => host.appendFile(NODE_PATHS.receiptLog, `${JSON.stringify(receipt)}\n`));
    const trouble = note(host, "metrics.prom", metrics(), METRICS_MODE) || inLog;
    if (trouble) say(`receipt not kept: ${trouble}`);
  };
  return { keep, metrics };
}
