// Does with each example what its README says under "On this machine": npm run rehearse:examples -- --help
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { providerAvailable } from "../../packages/deployment/src/provider-available";
import { commandsOf, shellBlocks } from "../docs/commands";

const ROOT = join(__dirname, "../..");

/** The section of a README whose commands are run. */
const SECTION = "On this machine";

/** How the command is used. */
const USAGE = `usage: npm run rehearse:examples [-- NAME…]
Deploys examples to a cloud on this machine and lets them fail over, by the commands of their READMEs, as root: all of
them, or those that are named. Where Terraform does not get the provider, nothing is deployed.
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
 * Runs the command line.
 *
 * @param args the examples' names
 * @returns the exit status
 */
export function main(args: readonly string[]): number {
  if (args.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  const names = exampleNames();
  const unknown = args.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`an example must be one of ${names.join(", ")}, got '${unknown}'\n${USAGE}`);
    return 2;
  }
  const hasProvider = providerAvailable();
  const failed = (args.length === 0 ? names : args).filter((name) => !rehearse(name, hasProvider));
  console.log(failed.length === 0 ? "\nAll examples went as they must." : `\nFAILED: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

function rehearse(name: string, hasProvider: boolean): boolean {
  const { script, leftOut } = exampleRun(name, hasProvider);
  console.log(`\n== ${name}`);
  for (const command of leftOut) console.log(`not run, since Terraform does not get the provider: ${command}`);
  const { status } = spawnSync("bash", ["-x", "-c", script], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  return status === 0;
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2));
}
