// Does with each example what its README says under "On this machine": npm run rehearse:examples -- --help
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { providerAvailable } from "../../packages/deployment/src/provider-available";
import { commandsOf, shellBlocks } from "../docs/commands";
import { parsed, runWithUsage, UsageError } from "../command-line";

const ROOT = join(__dirname, "../..");

/** The section of a README whose commands are run. */
const SECTION = "On this machine";

/** How the command is used. */
const USAGE = `usage: npm run rehearse:examples [-- [--labs N] NAME…]
Deploys examples to a cloud on this machine and lets them fail over, by the commands of their READMEs, as root: all of
them, or those that are named. Where Terraform does not get the provider, nothing is deployed.
  --labs N   so many examples at a time; what one prints is shown at its end (default: 1, shown as it comes)
exit status: 0 all went as it must, 1 something did not, 2 wrong usage`;

/** What is run of an example. */
export interface ExampleRun {
  /** Runs in a shell, in the root of the checkout. */
  readonly script: string;
  /** Commands that are left out. */
  readonly leftOut: readonly string[];
}

/** The names of all examples, which are those of their folders. */
export function exampleNames(): string[] {
  const folders = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).sort();
}

/**
 * What is run of an example.
 *
 * @param hasProvider whether Terraform gets the provider: without it nothing can be deployed
 * @throws where its README has no such commands
 */
export function exampleRun(name: string, hasProvider: boolean): ExampleRun {
  const readme = readFileSync(join(ROOT, "examples", name, "README.md"), "utf8");
  const commands = shellBlocks(readme, SECTION).flatMap(commandsOf);
  const isLeftOut = (command: string) => !hasProvider && /^npm run (deploy|destroy):local\b/.test(command);
  return {
    script: ["set -e", ...commands.filter((command) => !isLeftOut(command))].join("\n"),
    leftOut: commands.filter(isLeftOut),
  };
}

/**
 * Reads the command line.
 *
 * @throws UsageError which names what is wrong, and what there is
 */
export function parseOptions(argv: readonly string[]) {
  const { values, positionals } = parsed(() =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { labs: { type: "string", default: "1" }, help: { type: "boolean", default: false } },
    }),
  );
  const { labs, help } = values;
  if (!/^[1-9]\d?$/.test(labs)) throw new UsageError(`--labs must be a whole number above 0, got '${labs}'`);
  const names = exampleNames();
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`an example must be one of ${names.join(", ")}, got '${unknown}'`);
  return { help, labs: Number(labs), names: positionals.length === 0 ? names : positionals };
}

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export function main(argv: readonly string[]): Promise<number> {
  return runWithUsage(
    USAGE,
    () => parseOptions(argv),
    ({ labs, names }) => rehearseAll(names, labs),
  );
}

/** Rehearses some examples, so many at a time. @returns the exit status */
async function rehearseAll(names: readonly string[], labs: number): Promise<number> {
  const hasProvider = providerAvailable();
  const waiting = [...names];
  const failed: string[] = [];
  const rehearseNext = async (): Promise<void> => {
    const name = waiting.shift();
    if (name === undefined) return;
    if (!(await rehearse(name, hasProvider, labs > 1))) failed.push(name);
    await rehearseNext();
  };
  await Promise.all(Array.from({ length: labs }, rehearseNext));
  console.log(failed.length === 0 ? "\nAll examples went as they must." : `\nFAILED: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

/** Rehearses an example. @returns whether it went as it must */
async function rehearse(name: string, hasProvider: boolean, isOneOfSeveral: boolean): Promise<boolean> {
  const { script, leftOut } = exampleRun(name, hasProvider);
  const heading = `\n== ${name}\n`;
  const notRun = leftOut.map((command) => `not run, since Terraform does not get the provider: ${command}\n`).join("");
  const begun = performance.now();
  let said = isOneOfSeveral ? heading + notRun : "";
  if (!isOneOfSeveral) process.stdout.write(heading + notRun);
  const output = isOneOfSeveral ? "pipe" : "inherit";
  const child = spawn("bash", ["-x", "-c", script], { cwd: ROOT, stdio: ["ignore", output, output] });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (said += text));
  const status = await new Promise((resolve) => child.once("close", resolve));
  process.stdout.write(`${said}${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
  return status === 0;
}

if (require.main === module) void main(process.argv.slice(2)).then((status) => (process.exitCode = status));
