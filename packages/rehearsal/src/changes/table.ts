import { MECHANISMS, type Mechanism } from "../../../pairctl/src/contract/index.ts";
import type { RecordedResult } from "./result.ts";

/** Less than this is no outage: one answer in a busy moment. */
const NOTICEABLE_MS = 100;

/** What each change costs, with both mechanisms. */
export function changesTable(results: readonly RecordedResult[]): string {
  const names = [...new Set(results.map(({ change }) => change))];
  const rows = names.map((name) => {
    const own = results.filter(({ change }) => change === name);
    const [first] = own as [RecordedResult, ...RecordedResult[]];
    return [first.what, first.plan, commandsOf(first), ...MECHANISMS.map((mechanism) => verdictOf(own, mechanism))];
  });
  const head = ["change", "`pair plan` says", "what is done", ...MECHANISMS.map((mechanism) => `\`${mechanism}\``)];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** When and with what the results came about. */
export function changesSource(results: readonly RecordedResult[]): string {
  const range = (values: readonly string[]) => [...new Set(values)].sort();
  const dates = range(results.map(({ date }) => date));
  const commits = range(results.map(({ commit }) => commit));
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const verdict = failed === 0 ? "each went as it must" : `${failed} did not go as they must`;
  const days = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : dates[0];
  return `${results.length} changes, rehearsed ${days} (commits ${commits.join(", ")}): ${verdict}.`;
}

function commandsOf({ commands, isRefused, instead }: RecordedResult): string {
  const typed = commands.map((command) => (/^(pair|cdktf|terraform) /.test(command) ? `\`${command}\`` : command));
  return isRefused ? `${typed.join(", then ")} is refused: ${instead}` : typed.join(", then ");
}

function verdictOf(results: readonly RecordedResult[], wanted: Mechanism): string {
  const result = results.find(({ mechanism }) => mechanism === wanted);
  if (result === undefined) return "–";
  if (result.problems.length > 0) return "**FAILED**";
  const outages = Object.entries(result.outages as Readonly<Record<string, number>>);
  const noticed = outages.filter(([, ms]) => ms >= NOTICEABLE_MS);
  const told = noticed.map(([via, ms]) => `${via} ${(ms / 1_000).toFixed(1)} s`).join(", ");
  return `ok, ${told || "no outage"}`;
}
