import type { Report } from "./schema.ts";

/** The report for people to read. */
export function renderMarkdown(report: Report): string {
  const { region, zone, mechanism, instanceType, begun, ended, failure, faults, assumptions, left } = report;
  const count = (verdict: string) => assumptions.filter((each) => each.verdict === verdict).length;
  return `${[
    `# Acceptance in ${region}, ${mechanism}`,
    "",
    `Zone ${zone}, ${instanceType}, from ${begun} to ${ended}, version ${report.product}.`,
    ...(report.isRehearsal ? ["", "A rehearsal against an emulated cloud: it confirms nothing of the real one."] : []),
    ...(failure === null ? [] : ["", `**It did not come to its end:** ${cell(failure)}`]),
    "",
    "## Faults",
    "",
    "| fault | what happens | passed | outage through the EIP | well again after |",
    "| --- | --- | --- | --- | --- |",
    ...faults.map(
      ({ fault, does, passed, outageMs, convergedMs, problem }) =>
        `| ${fault} | ${cell(does)} | ${passed ? "yes" : `**no**: ${cell(problem ?? "")}`} | ${ms(outageMs)} | ${ms(convergedMs)} |`,
    ),
    "",
    "## Assumptions",
    "",
    `${count("confirmed")} confirmed, ${count("contradicted")} contradicted, ${count("not seen")} not seen.`,
    "",
    "| assumption | what is believed | verdict | what was seen |",
    "| --- | --- | --- | --- |",
    ...assumptions.map(({ name, believed, verdict, seen }) => {
      const shown = verdict === "contradicted" ? `**${verdict}**` : verdict;
      return `| ${name} | ${cell(believed)} | ${shown} | ${cell(seen)} |`;
    }),
    "",
    "## What is left in the account",
    "",
    ...(left === null
      ? ["The cloud could not be asked."]
      : left.length === 0
        ? ["Nothing that carries the run's name."]
        : left.map(({ kind, id, name }) => `- ${kind} ${id} (${name})`)),
  ].join("\n")}\n`;
}

/** A text as a cell of a table takes it. */
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim();

const ms = (value: number | null) => (value === null ? "–" : `${value} ms`);
