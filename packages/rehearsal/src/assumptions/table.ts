import { textTable } from "../report/text-table.ts";
import type { Finding } from "./rehearse-trials.ts";
import { named } from "./trials.ts";

const HEADINGS = ["mechanism", "the cloud, otherwise than believed", "VIP ms", "EIP ms", "ends"] as const;
/** How much of a sentence is shown. */
const SHOWN = 160;

/** All findings, one line each, below a heading. */
export function renderFindings(findings: readonly Finding[]): string[] {
  const rows = findings.map((finding) => [
    finding.mechanism,
    named(finding) || "(as believed)",
    outageMs(finding, "VIP"),
    outageMs(finding, "EIP"),
    ending(finding),
  ]);
  return textTable(HEADINGS, rows);
}

/** The last line: how many have ended well. */
export function concludeFindings(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ verdict }) => verdict.kind === "wrong");
  if (wrong.length === 0) return `Each of ${findings.length} ended well, or said at the first boot why it cannot.`;
  return `FAILED: ${wrong.map((finding) => `${finding.mechanism} with ${named(finding)}`).join("; ")}.`;
}

function outageMs({ outages }: Finding, way: string): string {
  const outage = outages.find(({ via }) => via === way);
  return outage === undefined ? "-" : `${outage.lastedMs ?? "for good"}`;
}

function ending({ verdict }: Finding): string {
  if (verdict.kind === "serves") return "well: the pair serves";
  const text = (verdict.kind === "says" ? verdict.sentence : verdict.found).replace(/\s+/g, " ");
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  return verdict.kind === "says" ? `at the first boot: ${shown}` : `WRONG: ${shown}`;
}
