import { readFileSync } from "node:fs";
import { command } from "../cli/command.ts";
import { OperatorError, UsageError } from "../operator-error.ts";
import { judge } from "../plan/judge.ts";
import { makePlan } from "../plan/make-plan.ts";
import { planOf } from "../plan/plan.ts";
import { readPlan } from "../plan/read-plan.ts";
import { jsonReport } from "../plan/report/json.ts";
import { markdownReport } from "../plan/report/markdown.ts";
import { textReport } from "../plan/report/text.ts";
import { isVerdict, type Verdict, VERDICT_NAMES, VERDICTS } from "../plan/verdict.ts";

/** `pair plan`: what a plan does to the traffic. */
export const plan = command({
  name: "plan",
  summary: "says what a Terraform plan does to the traffic, and refuses what takes the service down",
  description: [
    "Reads what 'terraform show -json' prints of a plan (a file, or - for the standard input), or makes the plan itself in a",
    "project's folder. For each change it gives one verdict, the reason, and the command that does it right; of user data",
    "it shows the files inside. Nothing is changed, and no secret is printed.",
    "",
    "verdicts, with the names that --allow takes:",
    ...VERDICT_NAMES.map((name) => {
      const { label, meaning, refused } = VERDICTS[name];
      return `  ${name.padEnd(22)}  ${label}: ${meaning}${refused ? " (refused)" : ""}`;
    }),
    "",
    "The restart of one node is not refused where the plan shows that the other one has the address.",
  ].join("\n"),
  positionals: "[PLAN.json|-]",
  options: {
    allow: { kind: "list", value: "VERDICT", description: "does not refuse the plan for this verdict" },
    json: { kind: "flag", description: "prints a JSON object, for programs" },
    markdown: { kind: "flag", description: "prints Markdown, for a comment on a pull request" },
    project: { kind: "text", value: "FOLDER", description: "where cdktf.json is (default: here); makes the plan" },
    stack: { kind: "text", value: "NAME", description: "the stack that is planned, where the app has several" },
    destroy: { kind: "flag", description: "plans to take everything down" },
    replace: { kind: "list", value: "ADDRESS", description: "plans to replace this resource" },
  },
  examples: [
    { line: "pair plan", purpose: "makes the plan of the stack in this folder, and judges it" },
    { line: "terraform show -json plan.bin | pair plan -", purpose: "judges a plan that was made elsewhere" },
    { line: "pair plan --destroy", purpose: "says whether destroying the stack would get stuck on the way" },
    { line: "pair plan --allow public-address-changes", purpose: "lets the public address change" },
    { line: "pair plan plan.json --markdown > comment.md", purpose: "writes the comment for a pull request" },
  ],
  run: async ({ options, positionals, env, terminal, interruption }) => {
    const { json, markdown, project, stack, destroy, replace } = options;
    const allowed = options.allow.map(verdictNamed);
    if (json && markdown) throw new UsageError("--json and --markdown exclude each other: give one of them");
    if (positionals.length > 1) throw new UsageError(`one plan at a time, got '${positionals.join(" ")}'`);
    const [file] = positionals;
    const makes = {
      "--project": project !== undefined,
      "--stack": stack !== undefined,
      "--destroy": destroy,
      "--replace": replace.length > 0,
    };
    const given = Object.entries(makes).find(([, isGiven]) => isGiven)?.[0];
    if (file !== undefined && given !== undefined) {
      throw new UsageError(
        `${given} is for a plan that is made here, and ${file} is one already: leave one of the two out`,
      );
    }
    const source = file === undefined ? "the plan" : file === "-" ? "the standard input" : file;
    const bytes =
      file === undefined
        ? await makePlan({
            folder: project ?? ".",
            stack,
            destroy,
            replace,
            env,
            interruption,
            progress: terminal.progress,
          })
        : read(file);
    const report = judge(planOf(readPlan(bytes, source), source), allowed);
    terminal.log((json ? jsonReport : markdown ? markdownReport : textReport)(report));
    return report.refusals.length > 0 || report.refusedFor.length > 0 ? "refused" : "well";
  },
});

function verdictNamed(name: string): Verdict {
  if (isVerdict(name)) return name;
  throw new UsageError(`'--allow' must be one of ${VERDICT_NAMES.join(", ")}, got '${name}'`);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    const problem = (error as Error).message.split("\n")[0];
    throw new OperatorError(
      "usage",
      `${file} cannot be read (${problem}): give the plan that 'terraform show -json' printed`,
    );
  }
}
