import { VRRP_STATES } from "../contract/index.ts";
import { note } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import type { Receipt } from "./receipt.ts";

/** Anybody may read it: node_exporter does not run as root. */
const MODE = 0o644;

/** The receipt's fields that are written. What is not known to be well is 0. */
const FIELDS = ["agree", "status", "ms", "promotions", "skewMs"] as const;

/**
 * Writes the numbers of receipts for Prometheus' textfile collector.
 *
 * @returns why that failed, if it did
 */
export function noteMetrics(host: Host, receipts: readonly Receipt[]): string | undefined {
  let text = "";
  const sample = (name: string, { vip }: Receipt, label: string, value: number | undefined) => {
    if (value !== undefined) text += `pairctl_${name}{vip="${vip}"${label}} ${value}\n`;
  };
  // The format keeps the samples of a name together.
  for (const field of FIELDS) {
    for (const receipt of receipts) {
      sample(field, receipt, "", field === "agree" ? Number(receipt.agree === "yes") : receipt[field]);
    }
  }
  for (const receipt of receipts) {
    for (const state of VRRP_STATES) sample("state", receipt, `,state="${state}"`, Number(receipt.vrrp === state));
  }
  return note(host, "metrics.prom", text, MODE);
}
