import type { OutageRow } from "../charts/outage-chart.ts";
import type { RunRecord } from "../run-record.ts";
import { faultStatistics } from "../statistics.ts";

/** What the chart of outages is drawn from; a fault of which nothing was measured is not in it. */
export function outageRows(runs: readonly RunRecord[]): OutageRow[] {
  return faultStatistics(runs).flatMap(({ mechanism, fault, outages }) => {
    const ways = (["VIP", "EIP"] as const).flatMap((via) => {
      const found = outages[via];
      if (found === undefined) return [];
      const times = runs
        .filter((run) => run.mechanism === mechanism && run.fault === fault)
        .flatMap((run) => run.outages.filter((outage) => outage.via === via).map(({ lastedMs }) => lastedMs));
      return [{ via, times, median: finite(found.median), p99: finite(found.p99), boundMs: found.boundMs }];
    });
    if (ways.length === 0) return [];
    return [{ label: `${fault}, ${mechanism}`, boundMs: Math.max(...ways.map(({ boundMs }) => boundMs)), ways }];
  });
}

const finite = (ms: number) => (ms === Infinity ? null : ms);
