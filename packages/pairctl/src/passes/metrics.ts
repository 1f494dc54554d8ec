import { hearsAdverts } from "../contract/index.ts";
import { note } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import type { Receipt } from "./receipt.ts";

/** Anybody may read it: node_exporter does not run as root. */
const MODE = 0o644;

/** What the metrics tell of an address: its latest receipt. */
export interface LatestReceipt extends Receipt {
  /** How long the latest run took that moved the address to this node, in ms. */
  readonly takeoverMs: number | undefined;
}

/**
 * Writes what receipts tell for Prometheus' textfile collector. A number that is not known is NaN.
 *
 * @returns why that failed, if it did
 */
export function noteMetrics(host: Host, receipts: readonly LatestReceipt[]): string | undefined {
  let text = "";
  type Value = (receipt: LatestReceipt) => number | undefined;
  const metric = (name: string, value: Value, labels = (_: LatestReceipt) => "") => {
    // The format keeps the samples of a name together.
    for (const each of receipts) text += `pairctl_${name}{vip="${each.vip}"${labels(each)}} ${Number(value(each))}\n`;
  };
  metric(
    "state",
    () => 1,
    ({ agree, verdict, vrrp }) => `,state="${vrrp}",agree="${agree}",verdict="${verdict}"`,
  );
  metric("promotions_total", ({ promotions }) => promotions);
  metric("takeover_seconds", ({ takeoverMs }) => Number(takeoverMs) / 1000);
  metric("clock_offset_seconds", ({ skewMs }) => Number(skewMs) / 1000);
  metric("credentials_expiry_timestamp_seconds", ({ credentialsExpiry }) => credentialsExpiry);
  if (hearsAdverts()) metric("yielding", ({ yields = false }) => Number(yields));
  return note(host, "metrics.prom", text, MODE);
}
