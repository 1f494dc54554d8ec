import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where Terraform works, and what it works on. */
export interface TerraformOptions {
  /** The folder with the stack's cdk.tf.json. */
  readonly stackFolder: string;
  /** The run's folder: the state and the log are in it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Terraform itself, with the stack's cdk.tf.json and a state of the run's own. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /** Gets the provider. @throws Error with Terraform's own words */
  async init(interruption: AbortSignal): Promise<void> {
    const backend = `-backend-config=path=${stateFile(this.options.folder)}`;
    await this.#run(["init", "-reconfigure", backend], interruption);
  }

  /** Makes what is not there yet. @param interruption ends it as Ctrl-C does: what it has begun, it finishes */
  async apply(interruption: AbortSignal): Promise<void> {
    await this.#run(["apply", "-auto-approve"], interruption);
  }

  /** Removes all that the state knows. */
  async destroy(): Promise<void> {
    await this.#run(["destroy", "-auto-approve"]);
  }

  /** The stack's outputs. */
  async outputs(): Promise<Record<string, unknown>> {
    const text = await this.#run(["output", "-json"]);
    const outputs = JSON.parse(text) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** @returns what it writes to its standard output */
  #run([command = "", ...args]: string[], interruption?: AbortSignal): Promise<string> {
    const { stackFolder, folder, env } = this.options;
    const more = command === "output" ? [] : ["-input=false"];
    // In a process group of its own: a terminal's Ctrl-C would reach it beside ours, and the second one kills it.
    const child = spawn(env["TERRAFORM_BINARY_NAME"] || "terraform", [command, "-no-color", ...more, ...args], {
      cwd: stackFolder,
      env: { ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const interrupt = () => void child.kill("SIGINT");
    interruption?.addEventListener("abort", interrupt, { once: true });
    let output = "";
    let said = "";
    const note = (text: string) => {
      said += text;
      if (command !== "output") appendFileSync(join(folder, "terraform.log"), text);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      note(text);
    });
    child.stderr.setEncoding("utf8").on("data", note);
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        interruption?.removeEventListener("abort", interrupt);
        if (interruption?.aborted) reject(interruption.reason as Error);
        else if (status === 0) resolve(output);
        else reject(new Error(`terraform ${command} ended with ${status}:\n${said.slice(-3000)}`));
      });
    });
  }
}

/** How many resources the state of a run's folder has. */
export function resourcesInState(folder: string): number {
  const file = stateFile(folder);
  if (!existsSync(file)) return 0;
  const { resources = [] } = JSON.parse(readFileSync(file, "utf8")) as { resources?: { mode: string }[] };
  return resources.filter(({ mode }) => mode === "managed").length;
}

const stateFile = (folder: string) => join(folder, "terraform.tfstate");
