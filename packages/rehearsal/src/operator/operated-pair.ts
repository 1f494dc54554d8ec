import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument, stringify } from "yaml";
import { deployedStack } from "../deploy/deployed.ts";
import { Deploy } from "../deploy/deploy.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import { askLaterAddresses } from "../lab/asked-addresses.ts";
import { Disposables } from "../machine/disposables.ts";
import { run } from "../machine/process.ts";
import { Timeline } from "../report/timeline.ts";
import { bringUp } from "../run/bring-up.ts";
import type { LabSpec } from "../run/messages.ts";
import { readStack } from "../stack/stack.ts";
import { synthesizedPair } from "../stack/synth.ts";
import { type Ended, ended } from "./ended.ts";
import { overlaid, type Overlay } from "./overlay.ts";
import { runPair } from "./pair-command.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const FOLDER = "/run/rehearsal";

/** What a synthesis says of itself, as far as it is read here. */
interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

/** How a pair is deployed, to be operated. */
export interface OperatedPairOptions extends LabSpec {
  /** Where the provider is. */
  readonly plugins: string;
}

/**
 * A pair that the real provider has deployed to the local cloud, with its nodes booted, a client that asks all the time, and
 * the operator's command to change it.
 */
export class OperatedPair implements AsyncDisposable {
  readonly #base: Overlay;
  /** What the stack was synthesized with, deployed with and delivered with, as JSON; undefined: nobody knows. */
  readonly #settings: { synthesized?: string; deployed?: string | undefined; delivered?: string | undefined };

  private constructor(
    readonly lab: Lab,
    readonly deploy: Deploy,
    private readonly started: AsyncDisposable,
  ) {
    this.#base = parseDocument(readFileSync(deploy.settingsFile, "utf8")).toJS() as Overlay;
    const none = JSON.stringify({});
    this.#settings = { synthesized: none, deployed: none, delivered: none };
  }

  /**
   * Deploys a pair and boots it, in the namespaces of this process.
   *
   * @param settings beside those of the settings file
   */
  static async open(spec: OperatedPairOptions, settings: Overlay = {}): Promise<OperatedPair> {
    await run("mount", ["-t", "tmpfs", "-o", "mode=755,size=4g", "tmpfs", "/run"]);
    for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
    await using starting = new Disposables();
    const { mechanism, plugins } = spec;
    const overlay = join(FOLDER, "opened.yaml");
    writeFileSync(overlay, stringify(settings));
    const settingsFile = `${spec.settingsFile},${overlay}`;
    const synthesized = readStack(synthesizedPair(settingsFile, mechanism, FOLDER, spec.settings));
    let deploy: Deploy | undefined;
    const openCloud = async (options: CloudOptions): Promise<PopulatedCloud> => {
      await using opening = new Disposables();
      deploy = opening.use(
        await Deploy.open({ settingsFile, mechanism, plugins, folder: join(FOLDER, "deploy"), cloud: options }),
      );
      await deploy.apply();
      const stack = deployedStack(synthesized, deploy.cloud);
      const opened = opening.keep();
      return { cloud: deploy.cloud, stack, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
    };
    const timeline = new Timeline(() => undefined);
    const lab = starting.use(
      await Lab.start({ ...spec, stack: synthesized, openCloud, folder: join(FOLDER, "lab"), timeline }),
    );
    if (deploy === undefined) throw new Error("nothing was deployed");
    askLaterAddresses(lab);
    await bringUp(lab);
    return new OperatedPair(lab, deploy, starting.keep());
  }

  /** Terraform's state, as text; empty where it is lost. */
  get terraformState(): string {
    return existsSync(this.#stateFile) ? readFileSync(this.#stateFile, "utf8") : "";
  }

  /** Loses Terraform's state, and the one before it that Terraform keeps. */
  loseState(): void {
    for (const file of [this.#stateFile, `${this.#stateFile}.backup`]) rmSync(file, { force: true });
    this.#settings.deployed = undefined;
  }

  get #stateFile(): string {
    return join(this.deploy.folder, "terraform.tfstate");
  }

  /** The folder that Terraform runs in. */
  get stackFolder(): string {
    return stackFolderIn(this.deploy.output);
  }

  /**
   * Sets what is to be deployed, beside the settings file, and synthesizes it; nothing in the cloud is changed.
   *
   * @throws where the settings are refused
   */
  async synthesize(settings: Overlay): Promise<void> {
    this.#settings.synthesized = JSON.stringify(settings);
    writeFileSync(this.deploy.settingsFile, stringify(overlaid(this.#base, settings)));
    await this.#synthesizeInto(this.deploy.output, ROOT);
    if (existsSync(join(this.stackFolder, ".terraform"))) return;
    const init = await this.terraform("init", "-input=false", "-no-color");
    if (init.status !== 0) throw new Error(`'terraform init' ended with ${init.status}:\n${init.said}`);
  }

  /**
   * What Terraform plans, as JSON, where the state lies beside the stack and goes by the name that the pair is deployed with,
   * as it does by default: here it has one path, whatever the stack is called. Nothing is changed.
   *
   * @param settings beside those of the settings file, such as another name
   */
  async planWithStateByName(settings: Overlay): Promise<string> {
    const folder = mkdtempSync(join(FOLDER, "state-by-name-"));
    const before = readFileSync(this.deploy.settingsFile, "utf8");
    try {
      writeFileSync(join(folder, `terraform.${String(this.#base["name"])}.tfstate`), this.terraformState);
      writeFileSync(this.deploy.settingsFile, stringify(overlaid(this.#base, settings)));
      const output = join(folder, "cdktf.out");
      await this.#synthesizeInto(output, folder);
      const { TF_CLI_ARGS_init = "" } = this.deploy.env;
      const env = { ...this.deploy.env, TF_CLI_ARGS_init: TF_CLI_ARGS_init.replace(/-backend-config=\S+/, "") };
      const terraform = async (...args: readonly string[]) => {
        const cwd = stackFolderIn(output);
        const { status, said, output: text } = await ended(this.#terraformProgram, args, { cwd, env });
        if (status !== 0) throw new Error(`'terraform ${args[0]}' with a state by name ended with ${status}:\n${said}`);
        return text;
      };
      await terraform("init", "-input=false", "-no-color");
      await terraform("plan", "-input=false", "-no-color", "-out=plan.bin");
      return await terraform("show", "-json", "plan.bin");
    } finally {
      writeFileSync(this.deploy.settingsFile, before);
      rmSync(folder, { recursive: true });
    }
  }

  /** @param cwd where a local state is, unless Terraform is told another place */
  async #synthesizeInto(output: string, cwd: string): Promise<void> {
    const env = { ...this.deploy.env, CDKTF_OUTDIR: output, TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json") };
    const synth = await ended(process.execPath, ["--import", import.meta.resolve("tsx"), join(ROOT, "main.ts")], {
      ...{ cwd, env },
    });
    if (synth.status !== 0) throw new Error(`the stack could not be synthesized:\n${synth.said}`);
  }

  /** Deploys what was synthesized, as cdktf does: by `terraform apply`. */
  async apply(...more: readonly string[]): Promise<Ended> {
    const before = this.terraformState;
    const result = await this.terraform("apply", "-auto-approve", "-input=false", "-no-color", ...more);
    if (result.status === 0) this.#settings.deployed = this.#settings.synthesized;
    // What was refused at once has left all as it was.
    else if (this.terraformState !== before) this.#settings.deployed = undefined;
    return result;
  }

  /** Takes everything down, as cdktf does: by `terraform destroy`. */
  async destroy(): Promise<Ended> {
    const before = this.terraformState;
    const result = await this.terraform("destroy", "-auto-approve", "-input=false", "-no-color");
    if (this.terraformState !== before) this.#settings.deployed = undefined;
    return result;
  }

  /** Runs a command of the operator's on the pair. */
  pair(command: string, ...args: readonly string[]): Promise<Ended> {
    return this.#pair([command, ...args]);
  }

  /**
   * Runs a command of the operator's on the pair, which is interrupted on its way.
   *
   * @param onStart told its process id
   */
  interruptedPair(command: readonly [string, ...string[]], onStart: (pid: number) => void): Promise<Ended> {
    return this.#pair(command, onStart);
  }

  async #pair(line: readonly [string, ...string[]], onStart?: (pid: number) => void): Promise<Ended> {
    const settings = this.#settings;
    if (settings.deployed !== settings.delivered) settings.delivered = undefined;
    const options = [...line, "--stack", this.stackFolder];
    const before = this.terraformState;
    const result = await runPair(options, { cwd: FOLDER, env: this.deploy.env, onStart });
    // Some run Terraform themselves, for a part of the stack.
    if (this.terraformState !== before) settings.deployed = undefined;
    if (line[0] === "push" && result.status === 0) settings.delivered = settings.deployed;
    return result;
  }

  /** What `pair plan` says of a plan, as JSON. */
  judge(plan: string): Promise<Ended> {
    return runPair(["plan", "-", "--json"], { cwd: FOLDER, env: this.deploy.env, input: plan });
  }

  /**
   * Gives the pair settings beside those of the settings file, and its nodes what they say: both are in step then.
   *
   * @throws where that cannot be done
   */
  async settle(settings: Overlay): Promise<void> {
    const wanted = JSON.stringify(settings);
    if (this.#settings.synthesized !== wanted) await this.synthesize(settings);
    if (this.#settings.deployed !== wanted) requireDone(await this.apply());
    if (this.#settings.delivered !== wanted) requireDone(await this.pair("push"));
  }

  /** Runs Terraform in the stack's folder. */
  terraform(...args: readonly string[]): Promise<Ended> {
    return ended(this.#terraformProgram, args, { cwd: this.stackFolder, env: this.deploy.env });
  }

  get #terraformProgram(): string {
    return this.deploy.env["TERRAFORM_BINARY_NAME"] || "terraform";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.started[Symbol.asyncDispose]();
  }
}

/** The only stack of a synthesis. */
function stackFolderIn(output: string): string {
  const manifest = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")) as Manifest;
  const [stack] = Object.values(manifest.stacks);
  return join(output, stack?.workingDirectory ?? "");
}

function requireDone({ status, said }: Ended): void {
  if (status !== 0) throw new Error(`the pair could not be prepared:\n${said}`);
}
