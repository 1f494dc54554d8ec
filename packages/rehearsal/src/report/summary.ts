import type { Failover } from "../run/failover.ts";

/** The outages of all failovers, one line each, below a heading. */
export function summary(failovers: readonly Failover[]): string[] {
  const rows = failovers.map(({ mechanism, fault, outageMs: { VIP, EIP }, outageBudgetMs }) => [
    mechanism,
    fault,
    ...[VIP, EIP].map((ms) => (ms === undefined ? "-" : String(ms ?? "endless"))),
    String(outageBudgetMs),
  ]);
  return [["outage in ms", "fault", "VIP", "EIP", "at most"], ...rows].map(([mechanism, fault, ...numbers]) =>
    [mechanism?.padEnd(22), fault?.padEnd(6), ...numbers.map((number) => number.padStart(8))].join(""),
  );
}
