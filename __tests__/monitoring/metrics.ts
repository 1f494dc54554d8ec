import { type LatestReceipt, metricsOf as metricsOfWhole } from "../../packages/pairctl/src/passes/metrics";

/** A receipt of a node that serves, and of one that is ready to. */
export const SERVES: Partial<LatestReceipt> = { vrrp: "MASTER", agree: "yes", verdict: "holds" };
export const READY: Partial<LatestReceipt> = { vrrp: "BACKUP", agree: "yes", verdict: "idle" };

/** What pairctl itself writes of receipts for Prometheus. */
export function metricsOf(receipts: readonly Partial<LatestReceipt>[]): string {
  return metricsOfWhole(receipts.map((receipt) => ({ vip: "10.0.1.100", promotions: 0, ...receipt }) as LatestReceipt));
}

/** A sample of the text format. */
export interface Sample {
  readonly metric: string;
  /** As they are written, without braces. */
  readonly labels: string;
  readonly value: string;
}

/** Reads samples; what is none is passed over. */
export function samplesIn(text: string): Sample[] {
  return [...text.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)].map(([, metric = "", labels = "", value = ""]) => {
    return { metric, labels, value };
  });
}
