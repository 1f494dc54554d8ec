// Prints what an account must be allowed that deploys a stack, or runs our commands: npm run show:deployer-policy -- --help
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { App, Testing } from "cdktf";
import { deployerPolicy, type PolicyDocument, policyOf } from "../constructs/deployer/deployer-policy";
import { ACCEPTANCE_ACTIONS } from "../packages/acceptance/src/cloud/actions.ts";
import { parseAcceptanceOptions } from "../packages/acceptance/src/options.ts";
import { writeSettings } from "../packages/acceptance/src/stack/settings.ts";
import { camActionsOf } from "../packages/cloud-client/src/index.ts";
import { PAIR_ACTIONS } from "../packages/operator/src/cloud/actions.ts";
import { MECHANISMS } from "../packages/pairctl/src/contract/index.ts";
import { loadPairSettings, orExplain, pairStack } from "../settings";

/** What an account is allowed for, each with the option's word. */
const PURPOSES = ["deploy", "pair", "acceptance"] as const;

/** How the command is used. */
const USAGE = `usage: npm run show:deployer-policy [-- [--for WHAT] [FILE]]
  --for WHAT   what the account does; several with commas (default: deploy)
                 deploy       'cdktf deploy' and 'cdktf destroy' of the stack
                 pair         the command 'pair'; where it rolls out or plans a change, deploy too
                 acceptance   'npm run acceptance', which deploys a stack of its own
  FILE         of deploy: the cdk.tf.json of a synthesized stack (default: the stack of pair.yaml)
  --help       this text

Prints a policy of CAM's. PAIR_SETTINGS names another settings file than pair.yaml.
exit status: 0 printed, 1 the settings or the file cannot be used, 2 wrong usage`;

/** What is printed, and what could not be known. */
interface Needs {
  readonly actions: readonly string[];
  /** What is allowed on less than everything. */
  readonly further: PolicyDocument["statement"];
  /** Types of the provider's that this library does not make. */
  readonly unknownTypes: readonly string[];
}

/**
 * Runs the command line, and sets the exit status of the process.
 *
 * @param argv the arguments behind the command's name
 */
export function main(argv: readonly string[]): void {
  const line = readLine(argv);
  if (typeof line === "string") return refuse(`${line}\n\n${USAGE}`, 2);
  if (line.help) return console.log(USAGE);
  orExplain(() => {
    const stack = line.file === undefined ? undefined : readStack(line.file);
    if (stack === null) return;
    const needs = line.purposes.map((purpose) => needsOf(purpose, stack));
    const actions = needs.flatMap((each) => each.actions);
    const further = needs.flatMap((each) => each.further);
    console.log(JSON.stringify(policyOf(actions, further), null, 2));
    const unknown = needs.flatMap(({ unknownTypes }) => unknownTypes);
    if (unknown.length > 0) console.error(`not in it, since this library does not make them: ${unknown.join(", ")}`);
  });
}

type Purpose = (typeof PURPOSES)[number];

interface Line {
  readonly help: boolean;
  readonly purposes: readonly Purpose[];
  readonly file: string | undefined;
}

/** @returns what the line says, or in words what is wrong with it */
function readLine(argv: readonly string[]): Line | string {
  const options = { for: { type: "string", default: "deploy" }, help: { type: "boolean", default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const purposes = values.for.split(",") as Purpose[];
    const unknown = purposes.find((purpose) => !PURPOSES.includes(purpose));
    if (unknown !== undefined) return `--for must be of ${PURPOSES.join(", ")}, got '${unknown}'`;
    if (positionals.length > 1) return `one file at most must be named, got '${positionals.join(" ")}'`;
    if (positionals.length > 0 && !purposes.includes("deploy")) {
      return `FILE must go with --for deploy, got '${positionals[0]}' with '${values.for}': leave it out`;
    }
    return { help: values.help, purposes, file: positionals[0] };
  } catch (error) {
    return (error as Error).message;
  }
}

function needsOf(purpose: Purpose, stack: string | undefined): Needs {
  if (purpose === "pair") return { actions: camActionsOf(PAIR_ACTIONS), further: [], unknownTypes: [] };
  const stacks = purpose === "acceptance" ? acceptanceStacks() : [stack ?? synthesized(settingsFile())];
  const policies = stacks.map(deployerPolicy);
  const own = purpose === "acceptance" ? camActionsOf(ACCEPTANCE_ACTIONS) : [];
  const statements = policies.flatMap(({ document }) => document.statement);
  const isOnAll = ({ resource }: PolicyDocument["statement"][number]) => resource.includes("*");
  const deploy = statements.filter(isOnAll).flatMap(({ action }) => action);
  const further = statements.filter((each) => !isOnAll(each));
  return { actions: [...deploy, ...own], further, unknownTypes: policies.flatMap(({ unknownTypes }) => unknownTypes) };
}

/** The stacks that the acceptance deploys, one for each mechanism. */
function acceptanceStacks(): string[] {
  return MECHANISMS.map((mechanism) => {
    const folder = mkdtempSync(join(tmpdir(), "acceptance-policy-"));
    try {
      const options = parseAcceptanceOptions([
        ...["--region", "ap-singapore", "--mechanism", mechanism, "--folder", folder],
      ]);
      if (options === undefined) throw new Error("the acceptance has no options");
      return synthesized(writeSettings(options, "acceptance", "ap-singapore-1"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

const settingsFile = () => process.env["PAIR_SETTINGS"] ?? "pair.yaml";

function synthesized(settings: string): string {
  return Testing.synth(pairStack(new App(), loadPairSettings(settings)), true);
}

/** The text of a synthesized stack; null, with a word of why, where there is none. */
function readStack(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch (error) {
    refuse(
      `FILE must be the cdk.tf.json of a synthesized stack, got '${file}': ${(error as Error).message}; ` +
        "run 'npx cdktf synth' and look below cdktf.out/stacks/",
      1,
    );
    return null;
  }
}

function refuse(message: string, status: number): void {
  console.error(message);
  process.exitCode = status;
}

if (require.main === module) main(process.argv.slice(2));
