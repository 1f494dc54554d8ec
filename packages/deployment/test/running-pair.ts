import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LocalCloudOptions } from "local-cloud";
import { parseDocument } from "yaml";
import { type Deployment, openDeployment } from "../src/index.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Settings by their path in the settings file; `undefined` takes one out. */
export type SettingsChange = Readonly<Record<string, unknown>>;

/** A synthesized stack, as far as the tests change it by hand. */
export interface SynthesizedStack {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly data: Record<string, Record<string, Record<string, unknown>>>;
}

/** What a command of Terraform's ended with. */
export interface TerraformResult {
  readonly status: number;
  /** All that it said, in one line: Terraform breaks lines and draws boxes around errors. */
  readonly said: string;
}

/**
 * The shipped stack on a local cloud that goes on from where a folder's last one was saved, with Terraform run directly:
 * unlike cdktf, it can plan without a deploy, take `-replace` and a stack that was changed by hand.
 */
export class RunningPair implements AsyncDisposable {
  readonly #deployment: Deployment;
  #stackFolder = "";
  /** The actions that were called and are no mere look, in their order. */
  readonly writes: string[] = [];

  private constructor(deployment: Deployment) {
    this.#deployment = deployment;
    deployment.cloud.on("call", ({ action }) => {
      if (!/^(Describe|Get|List)/.test(action)) this.writes.push(action);
    });
  }

  /**
   * Opens what is deployed in a folder, which may be nothing yet.
   *
   * @param changes of what the cloud is made for: its region, and what the settings bring along
   * @param assumptions what the cloud does where no document settles it, if not what the project believes
   */
  static async open(
    folder: string,
    changes: SettingsChange = {},
    assumptions: LocalCloudOptions["assumptions"] = {},
  ): Promise<RunningPair> {
    mkdirSync(folder, { recursive: true });
    const settingsFile = writeSettings(join(folder, "opened.yaml"), [changes]);
    return new RunningPair(await openDeployment({ settingsFile, folder, cloud: { assumptions } }));
  }

  get cloud(): Deployment["cloud"] {
    return this.#deployment.cloud;
  }

  /** The environment in which Terraform reaches the cloud. */
  get env(): NodeJS.ProcessEnv {
    return this.#deployment.env;
  }

  /** Loses Terraform's state, with the copy that Terraform keeps of it. */
  loseState(): void {
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup"]) {
      rmSync(join(this.#deployment.folder, name), { force: true });
    }
  }

  /** Terraform's state, as text. */
  get terraformState(): string {
    return readFileSync(join(this.#deployment.folder, "terraform.tfstate"), "utf8");
  }

  /** Where the stack was synthesized to. */
  get stackFolder(): string {
    return this.#stackFolder;
  }

  /**
   * Synthesizes the stack with the settings of `pair.yaml`, changed, and gets it ready for the other commands.
   *
   * @param edit changes the synthesized stack, for what the settings file does not have
   */
  async synthesize(changes: readonly SettingsChange[], edit: (stack: SynthesizedStack) => void = () => undefined) {
    const { env, folder } = this.#deployment;
    const settingsFile = writeSettings(join(folder, "changed.yaml"), changes);
    const output = join(folder, "cdktf.out");
    rmSync(output, { recursive: true, force: true });
    const synthEnv = { ...env, CDKTF_OUTDIR: output, PAIR_SETTINGS: settingsFile };
    await run(process.execPath, ["--import", "tsx", "main.ts"], ROOT, synthEnv);
    const [name = ""] = readdirSync(join(output, "stacks"));
    this.#stackFolder = join(output, "stacks", name);
    const file = join(this.#stackFolder, "cdk.tf.json");
    const stack = JSON.parse(readFileSync(file, "utf8")) as SynthesizedStack;
    edit(stack);
    writeFileSync(file, JSON.stringify(stack));
    const { status, said } = await this.#terraform("init", "-reconfigure");
    if (status !== 0) throw new Error(`terraform init ended with ${status}: ${said}`);
  }

  /** The plan: status 0 where there is nothing to do, 2 where there is, 1 where it is refused. */
  plan(...args: readonly string[]): Promise<TerraformResult> {
    return this.#terraform("plan", "-detailed-exitcode", ...args);
  }

  /** Plans and carries it out, as `cdktf deploy` does. */
  apply(...args: readonly string[]): Promise<TerraformResult> {
    return this.#terraform("apply", "-auto-approve", ...args);
  }

  /** Takes everything down. */
  destroy(): Promise<TerraformResult> {
    return this.#terraform("destroy", "-auto-approve");
  }

  /** Keeps the cloud's state for the next one. */
  save(): Promise<void> {
    return this.#deployment.save();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deployment[Symbol.asyncDispose]();
  }

  #terraform(command: string, ...args: readonly string[]): Promise<TerraformResult> {
    const { env } = this.#deployment;
    const binary = env["TERRAFORM_BINARY_NAME"] || "terraform";
    return run(binary, [command, "-no-color", "-input=false", ...args], this.#stackFolder, env);
  }
}

/** Writes the settings of `pair.yaml`, changed, into another file. */
function writeSettings(file: string, changes: readonly SettingsChange[]): string {
  const settings = parseDocument(readFileSync(join(ROOT, "pair.yaml"), "utf8"));
  for (const [path, value] of changes.flatMap((change) => Object.entries(change))) {
    if (value === undefined) settings.deleteIn(path.split("."));
    else settings.setIn(path.split("."), value);
  }
  writeFileSync(file, settings.toString());
  return file;
}

/** @throws where a command fails that is not Terraform */
async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<TerraformResult> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, { cwd, env, maxBuffer: 2 ** 26 });
    return { status: 0, said: inOneLine(stdout + stderr) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number | string; stdout: string; stderr: string };
    if (typeof code !== "number" || file === process.execPath) throw error;
    return { status: code, said: inOneLine(stdout + stderr) };
  }
}

const inOneLine = (text: string) => text.replace(/[\s│╷╵]+/g, " ").trim();
