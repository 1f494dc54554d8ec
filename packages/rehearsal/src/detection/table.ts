import { textTable } from "../report/text-table.ts";
import type { Finding } from "./detect.ts";
import { isRight } from "./verdict.ts";

const HEADINGS = ["variant", "mechanism", "fault", "s", "verdict"] as const;
/** How much of a violation's text is shown. */
const SHOWN = 110;

/** All findings, one line each, below a heading. */
export function renderFindings(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ variant, mechanism, fault, verdict, ms }) => [
    variant ?? "(not broken)",
    mechanism,
    fault,
    (ms / 1000).toFixed(0),
    describe(verdict),
  ]);
  return textTable(HEADINGS, rows);
}

/** The last line: how many were noticed. */
export function concludeFindings(findings: readonly Finding[]): string {
  const variants = findings.filter(({ variant }) => variant !== undefined);
  const missed = variants.filter(({ verdict }) => !isRight(verdict));
  const failing = findings.filter(({ variant, verdict }) => variant === undefined && !isRight(verdict));
  if (missed.length + failing.length === 0) {
    return `Each of ${variants.length} variants was noticed for its reason, and the pair that is not broken passes.`;
  }
  const parts = [
    ...(missed.length > 0 ? [`not noticed for its reason: ${missed.map(({ variant }) => variant).join(", ")}`] : []),
    ...(failing.length > 0
      ? [`the pair that is not broken fails: ${failing.map(({ fault }) => fault).join(", ")}`]
      : []),
  ];
  return `FAILED: ${parts.join("; ")}.`;
}

function describe(verdict: Finding["verdict"]): string {
  if (verdict.kind === "passed") return "passed";
  if (verdict.kind === "caught") return `caught: ${shortened(`${verdict.by.check}: ${verdict.by.text}`)}`;
  return `WRONG: ${shortened(verdict.found)}`;
}

/** In one line. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}
