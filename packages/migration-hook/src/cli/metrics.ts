import type { Host } from "../node/host.ts";
import type { Receipt } from "./receipt.ts";
import { note } from "../node/files.ts";

/**
 * Writes what is a number in receipts for Prometheus' textfile collector.
 *
 * @returns why that failed, if it did
 */
export function noteMetrics(host: Host, receipts: readonly Receipt[]): string | undefined {
  let text = "";
  // The format keeps the samples of a name together.
  for (const name in receipts[0]) {
    for (const receipt of receipts) {
      const value = receipt[name as keyof Receipt];
      if (/number|boolean/.test(typeof value))
        text += `migration_hook_${name}{vip="${receipt.vip}"} ${+(value as number)}\n`;
    }
  }
  return note(host, "metrics.prom", text, 0o644);
}
