import { hearsAdverts } from "../contract/index.ts";
import type { Holder } from "../protocol/decision/index.ts";
import type { Receipt } from "./receipt.ts";

/** What the metrics tell of an address: its latest receipt. */
export interface LatestReceipt extends Receipt {
  /** How long the latest run took that moved the address to this node, in ms. */
  readonly takeoverMs: number | undefined;
  /** Who was last known to have the address. */
  readonly holder: Holder | undefined;
  /** How often that has changed since the first receipt. */
  readonly holderChanges: number | undefined;
}

/** What receipts tell, in the text format of Prometheus. A number that is not known is NaN. */
export function metricsOf(receipts: readonly LatestReceipt[]): string {
  let text = "";
  type Value = (receipt: LatestReceipt) => number | undefined;
  type Labels = (receipt: LatestReceipt) => string;
  const metric = (name: string, value: Value, labels: Labels = () => "") => {
    // The format keeps the samples of a name together.
    for (const each of receipts) {
      const number = value(each);
      if (number !== undefined) text += `pairctl_${name}{vip="${each.vip}"${labels(each)}} ${number}\n`;
    }
  };
  metric(
    "state",
    () => 1,
    ({ agree, verdict, vrrp }) => `,state="${vrrp}",agree="${agree}",verdict="${verdict}"`,
  );
  metric("promotions_total", ({ promotions }) => promotions);
  // Without a sample until there is a second receipt: a run by hand would set the counter of the agent back.
  metric("holder_changes_total", ({ holderChanges }) => holderChanges);
  metric("takeover_seconds", ({ takeoverMs }) => Number(takeoverMs) / 1000);
  metric("clock_offset_seconds", ({ skewMs }) => Number(skewMs) / 1000);
  metric("credentials_expiry_timestamp_seconds", ({ credentialsExpiry }) => Number(credentialsExpiry));
  if (hearsAdverts()) metric("yielding", ({ yields = false }) => Number(yields));
  return text;
}
