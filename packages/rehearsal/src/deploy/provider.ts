import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Leftover } from "../machine/leftover.ts";
import { PrerequisitesError } from "../machine/prerequisites.ts";

/** What to say where there is no provider. */
const NO_PROVIDER = `Terraform does not find the provider tencentcloudstack/tencentcloud. It looks in its registry, or where
TF_CLI_CONFIG_FILE says; without a network, a filesystem mirror does:
https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
Its own words:`;

/** A provider that a run without a network can use. */
export class Provider implements AsyncDisposable {
  readonly #folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-provider-")), "files");

  private constructor() {}

  /**
   * Fetches a stack's provider from where the user's Terraform finds it.
   *
   * @param stackFile path of the cdk.tf.json
   * @throws PrerequisitesError where there is no Terraform, or it does not find the provider
   */
  static async fetch(stackFile: string): Promise<Provider> {
    const provider = new Provider();
    try {
      provider.#init(stackFile);
      return provider;
    } catch (error) {
      await provider[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What Terraform takes as `-plugin-dir`. */
  get plugins(): string {
    return join(this.#folder.path, ".terraform", "providers");
  }

  #init(stackFile: string): void {
    copyFileSync(stackFile, join(this.#folder.path, "cdk.tf.json"));
    const init = ["init", "-backend=false", "-input=false", "-no-color"];
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const { error, status, stderr } = spawnSync("terraform", init, { cwd: this.#folder.path, encoding: "utf8", env });
    if (error !== undefined) {
      throw new PrerequisitesError(
        "a deploy needs Terraform on the PATH: https://developer.hashicorp.com/terraform/install",
      );
    }
    if (status !== 0) throw new PrerequisitesError(`${NO_PROVIDER}\n${stderr.trim()}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}
