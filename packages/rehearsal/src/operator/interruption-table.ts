import type { RecordedInterruption } from "./interruption-record.ts";

const HEAD = ["mechanism", "interrupted by", "after", "while", "run again", "no answer for"];

/** What became of each roll that was interrupted. */
export function interruptionTable(results: readonly RecordedInterruption[]): string {
  const rows = results.map(({ mechanism, way, atS = 0, during, againS, outagesMs, problems }) => [
    `\`${mechanism}\``,
    way,
    `${atS.toFixed(0)} s`,
    during,
    problems.length === 0 ? `ends well after ${againS.toFixed(0)} s` : "**FAILED**",
    outagesMs.length === 0 ? "–" : outagesMs.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(", "),
  ]);
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** How many there were, and when and with what they came about. */
export function interruptionSource(results: readonly RecordedInterruption[]): string {
  const different = (values: readonly string[]) => [...new Set(values)].sort().join(", ");
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const verdict = failed === 0 ? "each ended well when it was run again" : `${failed} did not end well`;
  const dates = different(results.map(({ date }) => date));
  return `${results.length} rolls, rehearsed ${dates} (commits ${different(results.map(({ commit }) => commit))}): ${verdict}.`;
}
