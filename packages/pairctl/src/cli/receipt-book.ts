import { NODE_PATHS } from "../contract/index.ts";
import { attempt } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { noteMetrics } from "./metrics.ts";
import type { Receipt } from "./receipt.ts";

/** A receipt that says nothing new is kept again after so long, in ms: that it is there says that the node is looked at. */
const REPEAT_MS = 9000;

/** Where the receipts of all addresses are kept: in the log, and as numbers for Prometheus. */
export interface ReceiptBook {
  /** Keeps a receipt; that it cannot be kept stops nothing, and is said. */
  keep(receipt: Receipt): void;
}

/** A book in which nothing is kept yet. */
export function receiptBook(host: Host, say: (line: string) => void): ReceiptBook {
  const latest = new Map<string | undefined, Receipt>();
  const kept = new Map<string | undefined, { readonly news: string; readonly at: number }>();
  return {
    keep(receipt) {
      const { vip } = receipt;
      latest.set(vip, receipt);
      let trouble = noteMetrics(host, [...latest.values()]);
      const before = kept.get(vip);
      const news = newsIn(receipt);
      if (!before || before.news !== news || host.clock() - before.at >= REPEAT_MS) {
        kept.set(vip, { news, at: host.clock() });
        trouble = attempt(() => host.appendFile(NODE_PATHS.receiptLog, `${JSON.stringify(receipt)}\n`)) ?? trouble;
      }
      if (trouble) say(`receipt not kept: ${trouble}`);
    },
  };
}

/** What a receipt says that is not another each time. */
function newsIn({ trigger, vrrp, holderAfter, eip, verdict, agree, message }: Receipt): string {
  return JSON.stringify([trigger, vrrp, holderAfter, eip, verdict, agree, message]);
}
