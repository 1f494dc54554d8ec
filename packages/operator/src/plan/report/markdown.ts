import type { Finding, PlanReport } from "../finding.ts";
import { VERDICTS } from "../verdict.ts";
import { type FindingGroup, grouped, type GroupedText } from "./grouped.ts";
import { conclusion, IMPORTED, LEFT_ALONE, sentence } from "./text.ts";

/** GitHub takes a comment of 65,536 characters; what is around the differences is a few thousand. */
const MOST_DIFF_CHARACTERS = 50_000;

/** A report for a comment on a pull request (GitHub's Markdown). */
export function markdownReport(report: PlanReport): string {
  const groups = grouped(report.findings);
  return [
    "### What this plan does to the traffic",
    `**${conclusion(report)}**`,
    ...report.pairs
      .map(({ name, vips, mechanism, servedBy }) => {
        const serving = servedBy === null ? "" : `, the ${servedBy} has it now`;
        return `- Pair ${code(name)}: ${code(vips.join(", "))} (${mechanism})${serving}`;
      })
      .join("\n"),
    ...report.refusals.map((message) => `> **Refused by Terraform, before anything is touched:** ${plain(message)}`),
    ...(groups.length === 0 ? [] : [table(report, groups)]),
    ...(report.imported.length === 0 ? [] : [imported(report)]),
    ...(report.leftAlone.length === 0 ? [] : [leftAlone(report)]),
    ...details(groups),
  ].join("\n\n");
}

function table({ allowed }: PlanReport, groups: readonly FindingGroup[]): string {
  const rows = groups.map(({ finding, where }) => {
    const { what, reason, remedy } = finding;
    const cells = [
      verdictCell(finding, allowed),
      where.map(code).join("<br>"),
      code(what),
      `${plain(sentence(reason))}${remedy === undefined ? "" : ` Do it right: ${plain(remedy)}.`}`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return ["| verdict | where | change | what happens |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function verdictCell({ verdict, refused }: Finding, allowed: PlanReport["allowed"]): string {
  const { label } = VERDICTS[verdict];
  if (!refused) return label;
  return allowed.includes(verdict) ? `${label} (allowed)` : `**${label}**: refused`;
}

function imported({ imported: all }: PlanReport): string {
  return [IMPORTED, "", ...all.map(({ noun, address, id }) => `- ${noun} (${code(address)}): ${code(id)}`)].join("\n");
}

function leftAlone({ leftAlone: all }: PlanReport): string {
  return [LEFT_ALONE, "", ...all.map(({ role, what }) => `- ${role}: ${code(what)}`)].join("\n");
}

/** The differences, folded; those that would make the comment too long are named only. */
function details(groups: readonly FindingGroup[]): string[] {
  let left = MOST_DIFF_CHARACTERS;
  return groups
    .filter(({ texts }) => texts.length > 0)
    .map(({ finding, texts }) => {
      const blocks = texts.map((each) => {
        const block = diffBlock(each);
        left -= block.length;
        return left >= 0 ? block : `${title(each)}: too long for a comment`;
      });
      return `<details><summary>User data of ${plain(finding.pair)}</summary>\n\n${blocks.join("\n\n")}\n\n</details>`;
    });
}

function title({ name, kind, nodes }: GroupedText): string {
  return `${code(name)} (${kind}, ${nodes.join(" and ")})`;
}

function diffBlock(diff: GroupedText): string {
  const { lines } = diff;
  const text = lines.join("\n");
  // A fence longer than any within.
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map(({ length }) => length + 1)));
  return `${title(diff)}\n\n${fence}diff\n${text}\n${fence}`;
}

/** A text as code within a table: what would end the code, or the cell, is replaced or escaped. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|").replaceAll("\n", " ")}\``;
}

/** A text that is no markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~]/g, "\\$&").replaceAll("\n", " ");
}
