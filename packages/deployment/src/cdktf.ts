import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { explainInit, PrerequisitesError } from "./prerequisites.ts";

/** What the CLI is run for. */
export type CdktfCommand = "synth" | "deploy" | "destroy" | "diff";

/** Where and how the CLI runs. */
export interface CdktfOptions {
  /** The folder of the program's cdktf.json. */
  readonly program: string;
  /** Where it writes what the program is synthesized to. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets what cdktf and Terraform say, as it comes. @default - nobody reads it */
  readonly write?: ((text: string) => void) | undefined;
  /** Ends the command that runs, as Ctrl-C does: Terraform finishes what it has begun. @default - nothing does */
  readonly interruption?: AbortSignal | undefined;
}

/** The CLIs, by the package that brings each and the name of its program: of the fork, and of the original. */
const CLIS = ["cdktn", "cdktf"] as const;

/** Which arguments a command takes beside the output. */
const ARGUMENTS: Readonly<Record<CdktfCommand, readonly string[]>> = {
  synth: [],
  diff: ["--skip-provider-lock"],
  deploy: ["--auto-approve", "--skip-provider-lock"],
  destroy: ["--auto-approve", "--skip-provider-lock"],
};

/**
 * Runs a command of the CLI that the program has installed.
 *
 * @returns all that it said
 * @throws PrerequisitesError if Terraform cannot get the provider
 * @throws Error if it ends badly otherwise, with the end of what it said
 */
export function runCdktf(command: CdktfCommand, options: CdktfOptions): Promise<string> {
  const { program, output, env, write, interruption } = options;
  const args = [cliOf(program), command, ...ARGUMENTS[command], "--output", output];
  const child = spawn(process.execPath, args, { cwd: program, env, stdio: ["ignore", "pipe", "pipe"] });
  const interrupt = () => void child.kill("SIGINT");
  interruption?.addEventListener("abort", interrupt, { once: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      write?.(text);
    });
  }
  return new Promise((resolvePromise, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      interruption?.removeEventListener("abort", interrupt);
      if (status === 0) return resolvePromise(said);
      const problem = explainInit(said);
      if (problem !== undefined) return reject(new PrerequisitesError(problem));
      reject(new Error(`cdktf ${command} ended with ${status}:\n${said.slice(-4000)}${cutOff(said, output)}`));
    });
  });
}

/** What to do where the CLI has lost the end of an error of Terraform's, which it draws a box around: it does at times. */
function cutOff(said: string, output: string): string {
  const count = (sign: string) => said.split(sign).length;
  if (count("╷") === count("╵")) return "";
  return `\nThe CLI has lost the end of Terraform's error. Terraform itself says it: terraform -chdir=${output}/stacks/… plan`;
}

/** The part of a CLI's package.json that says how it is started. */
interface CliManifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
}

/** @throws PrerequisitesError where the program has none that this Node.js can run */
function cliOf(program: string): string {
  const { resolve } = createRequire(join(program, "cdktf.json"));
  const tooNew: string[] = [];
  for (const name of CLIS) {
    let path: string;
    try {
      path = resolve(`${name}-cli/package.json`);
    } catch {
      // The other one, then.
      continue;
    }
    const { version, bin, engines } = JSON.parse(readFileSync(path, "utf8")) as CliManifest;
    if (canRun(engines?.node ?? "")) return join(dirname(path), bin[name] ?? "");
    tooNew.push(`${name}-cli ${version} needs Node.js ${engines?.node}, this is ${process.version}: use a newer one`);
  }
  throw new PrerequisitesError(
    tooNew[0] ?? `${program} has no CLI of cdktn or cdktf: install it there, such as with npm i -D cdktn-cli`,
  );
}

/** Whether this Node.js is at least as new as a package wants it; ranges other than `>=1.2.3` are taken as fitting. */
function canRun(range: string): boolean {
  const [, wanted] = /^>=\s*v?(\d+(?:\.\d+)*)$/.exec(range.trim()) ?? [];
  return wanted === undefined || process.versions.node.localeCompare(wanted, "en", { numeric: true }) >= 0;
}
