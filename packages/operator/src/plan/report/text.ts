import type { PairSummary, PlanReport } from "../finding.ts";
import { VERDICTS } from "../verdict.ts";
import { type FindingGroup, grouped, type GroupedText } from "./grouped.ts";

/** A report for a terminal. */
export function textReport(report: PlanReport): string {
  const { findings, imported, leftAlone, others, refusals } = report;
  return [
    ...(report.pairs.length === 0 ? [] : [report.pairs.map(pairLine).join("\n")]),
    ...refusals.map((message) => `REFUSED BY TERRAFORM, before anything is touched\n  ${message}`),
    ...grouped(findings).map((group) => section(report, group)),
    ...(imported.length === 0 ? [] : [importedSection(report)]),
    ...(leftAlone.length === 0 ? [] : [leftAloneSection(report)]),
    ...(others === 0
      ? []
      : [`${counted(others, "other resource")} of the stack ${others === 1 ? "changes" : "change"}, not of a pair.`]),
    conclusion(report),
  ].join("\n\n");
}

function pairLine({ name, mechanism, vips, servedBy }: PairSummary): string {
  const serving = servedBy === null ? "which node has it now is not known from the plan" : `the ${servedBy} has it now`;
  return `Pair ${name}: ${vips.join(", ")} (${mechanism}), ${serving}`;
}

function section({ allowed }: PlanReport, { finding, where, texts }: FindingGroup): string {
  const { verdict, what, reason, remedy, refused } = finding;
  const mark = !refused
    ? ""
    : allowed.includes(verdict)
      ? "  (allowed)"
      : `  REFUSED (--allow ${verdict} lets it pass)`;
  return [
    `${VERDICTS[verdict].label}${mark}`,
    ...where.map((each) => `  ${each}`),
    `  ${what}`,
    `  ${sentence(reason)}`,
    ...(remedy === undefined ? [] : [`  Do it right: ${remedy}`]),
    ...texts.flatMap(textLines),
  ].join("\n");
}

function textLines({ name, kind, lines, nodes }: GroupedText): string[] {
  return ["", `    ${name} (${kind}, ${nodes.join(" and ")})`, ...lines.map((line) => `      ${line}`)];
}

/** What stands above the resources that a plan imports. */
export const IMPORTED = "Taken into Terraform's state as it is, which the cloud does not notice:";

/** What stands above that in which nodes that run go on to differ from the stack. */
export const LEFT_ALONE =
  "Left alone on nodes that run, since the provider would harm them: 'pair roll' gives it to one after the other, as 'pair roll --dry-run' says:";

function importedSection({ imported }: PlanReport): string {
  return [IMPORTED, ...imported.map(({ noun, address, id }) => `  ${noun} (${address}): ${id}`)].join("\n");
}

function leftAloneSection({ leftAlone }: PlanReport): string {
  return [LEFT_ALONE, ...leftAlone.map(({ role, address, what }) => `  ${role} (${address})\n    ${what}`)].join("\n");
}

/** What it comes to, in a sentence. */
export function conclusion({ findings, imported, refusals, refusedFor, worst, pairs }: PlanReport): string {
  if (refusals.length > 0)
    return "Refused by Terraform: nothing is changed by this plan, and it cannot be allowed here.";
  if (refusedFor.length > 0) {
    const names = refusedFor.map((name) => VERDICTS[name].label).join("; ");
    return `Refused: ${names}. Nothing was changed.`;
  }
  const isTaken = imported.length === 1 ? "is" : "are";
  const taken = `${counted(imported.length, "resource")} that ${isTaken} there already ${isTaken} taken into the state`;
  if (pairs.length === 0) {
    const all = imported.length === 0 ? "Everything is made anew" : `Everything else is made anew, ${taken}`;
    return `${all}: no pair runs yet, whose traffic could stop.`;
  }
  const also = imported.length === 0 ? "" : `; ${taken}`;
  if (findings.length === 0) return `Nothing of the pair changes${also}.`;
  return `The plan may be applied: at worst, ${VERDICTS[worst].label} (${VERDICTS[worst].meaning})${also}.`;
}

/** A reason as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
