import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalCloud, type LocalCloudOptions, StateFile } from "local-cloud";
import type { Mechanism } from "pairctl/contract";
import { filesOf } from "../../settings-files/src/settings-files.ts";
import { type AccountNeeds, prepareAccount } from "./account.ts";
import { type CdktfCommand, runCdktf } from "./cdktf.ts";
import { providerEnvironment } from "./environment.ts";
import { ensureTerraform } from "./prerequisites.ts";
import { readProgram, requireProgram } from "./program.ts";
import { accountNeeds, deriveSettings } from "./settings.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** The folder in the root of the project where states are kept. */
const KEPT_IN = ".local-cloud";

/** The project's own stack. */
export interface SettingsSource {
  /** Paths of a pair's settings with commas between them, from the root of the project. */
  readonly settingsFile: string;
  /** @default - the one of the settings */
  readonly mechanism?: Mechanism;
}

/** A program of the user's own. */
export interface ProgramSource {
  /** Its folder, which has its cdktf.json, from the root of the project. */
  readonly app: string;
  /** The range of a subnet that exists already, which its stack does not say. @default - the stack says it */
  readonly subnetCidr?: string | undefined;
}

/** What is deployed, and where what is known of it is kept. */
export type DeploymentOptions = (SettingsSource | ProgramSource) & LocalDeploymentOptions;

/** Where and how it is deployed. */
export interface LocalDeploymentOptions {
  /** For the states of the cloud and of Terraform. @default - `.local-cloud/<name>` in the root of the project, by the name of the pair or of the program's folder */
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

/** A local cloud, and a stack to deploy to it. */
export interface Deployment extends AsyncDisposable {
  readonly cloud: LocalCloud;
  /** Where the states are. */
  readonly folder: string;
  /** What was put in place because the stack brings it along. */
  readonly prepared: readonly string[];
  /** The environment in which the program runs, and Terraform reaches the cloud and keeps its state. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Runs a command of cdktf on the stack.
   *
   * @returns all that it said
   * @throws PrerequisitesError if Terraform cannot get the provider
   * @throws Error if it ends badly otherwise, with the end of what it said
   */
  readonly cdktf: (command: CdktfCommand) => Promise<string>;
  /** Writes the cloud's state, so that the next one goes on from it. */
  readonly save: () => Promise<void>;
}

/**
 * Starts the local cloud of a deployment, with the state of the last one.
 *
 * @throws PrerequisitesError if there is no Terraform
 * @throws StateFileInUseError if another process has the folder
 * @throws LocalSettingsError if the settings file cannot be used
 * @throws ProgramError if the program cannot be deployed
 * @throws SnapshotError if the kept state does not fit
 */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { env = process.env, write, interruption } = options;
  ensureTerraform(env);
  const { name, region, account, program, programEnv } = await sourceOf(options);
  const folder = options.folder === undefined ? join(ROOT, KEPT_IN, name) : resolve(ROOT, options.folder);
  mkdirSync(folder, { recursive: true });
  const stateFile = new StateFile(join(folder, "cloud.json"));
  const cloud = await startCloud(stateFile, region, options.cloud).catch((error: unknown) => {
    stateFile[Symbol.dispose]();
    throw error;
  });
  const childEnv = {
    ...env,
    ...providerEnvironment(cloud, join(folder, "terraform.tfstate"), env),
    ...programEnv,
  };
  const output = join(folder, "cdktf.out");
  return {
    cloud,
    folder,
    prepared: prepareAccount(cloud, account),
    env: childEnv,
    cdktf: (command) => runCdktf(command, { program, output, env: childEnv, write, interruption }),
    save: async () => stateFile.write(await cloud.snapshot()),
    [Symbol.asyncDispose]: async () => {
      await cloud.stop();
      stateFile[Symbol.dispose]();
    },
  };
}

/** What is known of what is deployed, before there is a cloud. */
interface Source {
  /** By which its states are kept. */
  readonly name: string;
  readonly region: string;
  readonly account: AccountNeeds;
  /** The folder of the cdktf.json. */
  readonly program: string;
  readonly programEnv: NodeJS.ProcessEnv;
}

async function sourceOf(options: DeploymentOptions): Promise<Source> {
  return "app" in options ? programSource(options) : settingsSource(options);
}

function settingsSource({ settingsFile, mechanism, folder }: SettingsSource & LocalDeploymentOptions): Source {
  const base = resolve(ROOT, folder ?? KEPT_IN);
  mkdirSync(base, { recursive: true });
  const source = filesOf(settingsFile)
    .map((file) => resolve(ROOT, file))
    .join(",");
  const { settings, list } = deriveSettings(source, base, mechanism);
  const { name, region } = settings;
  return { name, region, account: accountNeeds(settings), program: ROOT, programEnv: { PAIR_SETTINGS: list } };
}

/** The program is synthesized at once: what the cloud is made for stands in its stack. */
async function programSource({
  app,
  subnetCidr,
  env = process.env,
  interruption,
}: ProgramSource & LocalDeploymentOptions): Promise<Source> {
  const program = resolve(ROOT, app);
  requireProgram(program);
  const output = mkdtempSync(join(tmpdir(), "deployment-"));
  try {
    await runCdktf("synth", { program, output, env: { ...env, CHECKPOINT_DISABLE: "1" }, interruption });
    return { name: basename(program), program, programEnv: {}, ...readProgram(output, subnetCidr) };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

async function startCloud(
  stateFile: StateFile,
  region: string,
  options: LocalDeploymentOptions["cloud"],
): Promise<LocalCloud> {
  const snapshot = stateFile.read();
  return LocalCloud.start({ ...options, region, ...(snapshot === undefined ? {} : { snapshot }) });
}
