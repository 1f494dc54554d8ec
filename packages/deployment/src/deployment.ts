import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalCloud, type LocalCloudOptions, StateFile } from "local-cloud";
import { prepareAccount } from "./account.ts";
import { providerEnvironment } from "./environment.ts";
import { ensureTerraform, explainInit, PrerequisitesError } from "./prerequisites.ts";
import type { Mechanism } from "pairctl/contract";
import { filesOf } from "../../settings-files/src/settings-files.ts";
import { deriveSettings, type LocalSettings } from "./settings.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What is deployed, and where what is known of it is kept. */
export interface DeploymentOptions {
  /** Paths of a pair's settings with commas between them, from the root of the project. */
  readonly settingsFile: string;
  /** @default - the one of the settings */
  readonly mechanism?: Mechanism;
  /** For the states of the cloud and of Terraform. @default - `.local-cloud/<name>` in the root of the project */
  readonly folder?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets what cdktf and Terraform say, as it comes. @default - nobody reads it */
  readonly write?: (text: string) => void;
  /** Ends the command that runs, as Ctrl-C does: Terraform finishes what it has begun. @default - nothing does */
  readonly interruption?: AbortSignal;
  /** @default - any free port, and a new cloud's other defaults */
  readonly cloud?: Omit<LocalCloudOptions, "region" | "snapshot">;
}

/** A local cloud, and the project's own stack to deploy to it. */
export interface Deployment extends AsyncDisposable {
  readonly cloud: LocalCloud;
  readonly settings: LocalSettings;
  /** Where the states are. */
  readonly folder: string;
  /** What was put in place because the settings bring it along. */
  readonly prepared: readonly string[];
  /** The environment in which `main.ts` reads the settings, and Terraform reaches the cloud and keeps its state. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Runs a command of cdktf on the stack.
   *
   * @returns all that it said
   * @throws PrerequisitesError if Terraform cannot get the provider
   * @throws Error if it ends badly otherwise, with the end of what it said
   */
  readonly cdktf: (command: "deploy" | "destroy" | "diff") => Promise<string>;
  /** Writes the cloud's state, so that the next one goes on from it. */
  readonly save: () => Promise<void>;
}

/**
 * Starts the local cloud of a deployment, with the state of the last one.
 *
 * @throws PrerequisitesError if there is no Terraform
 * @throws StateFileInUseError if another process has the folder
 * @throws LocalSettingsError if the settings file cannot be used
 * @throws SnapshotError if the kept state does not fit
 */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { env = process.env, mechanism } = options;
  ensureTerraform(env);
  const source = filesOf(options.settingsFile)
    .map((file) => resolve(ROOT, file))
    .join(",");
  const base = resolve(ROOT, options.folder ?? ".local-cloud");
  mkdirSync(base, { recursive: true });
  const { settings, list } = deriveSettings(source, base, mechanism);
  const folder = options.folder === undefined ? join(base, settings.name) : base;
  mkdirSync(folder, { recursive: true });
  const stateFile = new StateFile(join(folder, "cloud.json"));
  const cloud = await startCloud(stateFile, settings.region, options.cloud).catch((error: unknown) => {
    stateFile[Symbol.dispose]();
    throw error;
  });
  const childEnv = {
    ...env,
    ...providerEnvironment(cloud, join(folder, "terraform.tfstate"), env),
    PAIR_SETTINGS: list,
  };
  return {
    cloud,
    settings,
    folder,
    prepared: prepareAccount(cloud, settings),
    env: childEnv,
    cdktf: (command) => runCdktf(command, join(folder, "cdktf.out"), childEnv, options),
    save: async () => stateFile.write(await cloud.snapshot()),
    [Symbol.asyncDispose]: async () => {
      await cloud.stop();
      stateFile[Symbol.dispose]();
    },
  };
}

async function startCloud(
  stateFile: StateFile,
  region: string,
  options: DeploymentOptions["cloud"],
): Promise<LocalCloud> {
  const snapshot = stateFile.read();
  return LocalCloud.start({ ...options, region, ...(snapshot === undefined ? {} : { snapshot }) });
}

function runCdktf(
  command: "deploy" | "destroy" | "diff",
  output: string,
  env: NodeJS.ProcessEnv,
  { write, interruption }: Pick<DeploymentOptions, "write" | "interruption">,
): Promise<string> {
  const approval = command === "diff" ? [] : ["--auto-approve"];
  const cli = join(dirname(createRequire(import.meta.url).resolve("cdktf-cli/package.json")), "bundle/bin/cdktf");
  const child = spawn(process.execPath, [cli, command, ...approval, "--skip-provider-lock", "--output", output], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
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
      reject(new Error(`cdktf ${command} ended with ${status}:\n${said.slice(-4000)}`));
    });
  });
}
