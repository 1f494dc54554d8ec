import { averageFaultMs, durationMs } from "./campaign-summary.ts";
import { passed, type CampaignRecord, type RunRecord, type Via } from "./run-record.ts";
import { type Distribution, type FaultStatistics, faultStatistics, showMs } from "./statistics.ts";

/** So long may a fault with its healing and its audit take on average: a campaign of all faults is to stay affordable. */
const AVERAGE_MS = 45_000;

const HEADINGS = [
  ...["mechanism", "fault", "runs"],
  ...["VIP median", "p99", "EIP median", "p99", "at most"],
  ...["well after", "p99", "at most", "verdict"],
];

/** The figures of a campaign: a line for each fault with each mechanism, in ms, and what it took altogether. */
export function figures(campaign: CampaignRecord): string[] {
  const rows = faultStatistics(campaign.runs).map((statistics) => rowOf(statistics, campaign.runs));
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isText(column) ? cell.padEnd(width) : cell.padStart(width);
    });
    return cells.join("  ").trimEnd();
  });
  return [...lines, "", ...duration(campaign)];
}

const isText = (column: number) => column < 2 || column === HEADINGS.length - 1;

function rowOf({ mechanism, fault, runs, ...statistics }: FaultStatistics, all: readonly RunRecord[]): string[] {
  const failed = all.filter((run) => run.mechanism === mechanism && run.fault === fault && !passed(run));
  const checks = [...new Set(failed.flatMap(({ violations }) => violations.map(({ check }) => check)))];
  const outage = (via: Via) => middleAndEnd(statistics.outages[via]);
  return [
    ...[mechanism, fault, String(runs), ...outage("VIP"), ...outage("EIP")],
    boundOf(statistics.outages.VIP ?? statistics.outages.EIP),
    ...middleAndEnd(statistics.converged),
    boundOf(statistics.converged),
    failed.length === 0 ? "passed" : `VIOLATED in ${failed.length} of ${runs}: ${checks.join("; ")}`,
  ];
}

const middleAndEnd = (times: Distribution | undefined): [median: string, p99: string] =>
  times === undefined ? ["-", "-"] : [showMs(times.median), showMs(times.p99)];

const boundOf = (times: Distribution | undefined): string => (times === undefined ? "-" : showMs(times.boundMs));

/** How long a fault took, and all of it. */
function duration(campaign: CampaignRecord): string[] {
  const { runs, planned, sessions } = campaign;
  const labs = [...new Set(sessions.map(({ labs: count }) => count))].join(" or ");
  const commands = sessions.length === 1 ? "" : `, by ${sessions.length} commands`;
  const averageMs = averageFaultMs(runs);
  const minutes = (durationMs(campaign) / 60_000).toFixed(1);
  return [
    `${runs.length} of ${planned} runs in ${minutes} min, ${labs} at a time${commands}`,
    ...(averageMs === undefined
      ? []
      : [`a fault with its healing: ${(averageMs / 1000).toFixed(1)} s on average (at most ${AVERAGE_MS / 1000})`]),
  ];
}
