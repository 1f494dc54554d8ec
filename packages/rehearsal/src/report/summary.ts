import { passed, type RunRecord, type Via } from "./run-record.ts";

const HEADINGS = ["outage in ms", "fault", "VIP", "EIP", "at most", "verdict"];

/** The outages of all runs, one line each, below a heading. */
export function summary(runs: readonly RunRecord[]): string[] {
  const rows = runs.map((run) => [
    run.mechanism,
    run.fault,
    outage(run, "VIP"),
    outage(run, "EIP"),
    String(run.outages[0]?.boundMs ?? "-"),
    passed(run) ? "passed" : `VIOLATED ${run.violations.map(({ check }) => check).join("; ")}`,
  ]);
  const width = Math.max(5, ...rows.map(([, fault]) => fault?.length ?? 0)) + 2;
  return [HEADINGS, ...rows].map(([mechanism, fault, vip, eip, bound, verdict]) =>
    [
      mechanism?.padEnd(22),
      fault?.padEnd(width),
      ...[vip, eip, bound].map((number) => number?.padStart(8)),
      `  ${verdict}`,
    ].join(""),
  );
}

function outage({ outages }: RunRecord, via: Via): string {
  const found = outages.find((candidate) => candidate.via === via);
  return found === undefined ? "-" : String(found.lastedMs ?? "endless");
}
