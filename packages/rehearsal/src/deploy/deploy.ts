import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Deployment, type LocalDeploymentOptions, openDeployment, type SettingsSource } from "deployment";
import type { LocalCloud } from "local-cloud";
import { filesOf } from "../../../settings-files/src/settings-files.ts";

/** How many resources a run of Terraform has made, changed and removed. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** What is deployed, and with what. */
export interface DeployOptions extends SettingsSource, LocalDeploymentOptions {
  /** The folder that the provider is found in: a rehearsal has no network to fetch it by. */
  readonly plugins: string;
}

/**
 * The stack, deployed to the local cloud by the project's own `cdktf deploy`, real Terraform and the real provider.
 * Disposed of, the cloud has stopped; what was deployed is not destroyed.
 */
export class Deploy implements AsyncDisposable {
  private constructor(private readonly deployment: Deployment) {}

  /** Starts the local cloud. */
  static async open({ plugins, ...options }: DeployOptions): Promise<Deploy> {
    const env = { ...process.env, TF_CLI_ARGS_init: `-plugin-dir=${plugins}` };
    return new Deploy(await openDeployment({ ...options, env }));
  }

  get cloud(): LocalCloud {
    return this.deployment.cloud;
  }

  /** The environment in which Terraform and the operator's command reach the cloud, and Terraform has its state. */
  get env(): NodeJS.ProcessEnv {
    return this.deployment.env;
  }

  /** Where the states of the cloud and of Terraform are. */
  get folder(): string {
    return this.deployment.folder;
  }

  /** Where the stack is synthesized to. */
  get output(): string {
    return join(this.deployment.folder, "cdktf.out");
  }

  /** The last of the settings files, which overlays the others: what is to be deployed otherwise is written there. */
  get settingsFile(): string {
    return filesOf(this.deployment.env["PAIR_SETTINGS"] ?? "").at(-1) ?? "";
  }

  /** Deploys what is not deployed yet. */
  async apply(): Promise<Changes> {
    return parseChanges(await this.deployment.cdktf("deploy"));
  }

  /** @throws where a deploy changes anything, or moves the address */
  async requireUnchanged(vip: string): Promise<void> {
    const before = this.cloud.holderOf(vip);
    const { added, changed, destroyed } = await this.apply();
    if (added + changed + destroyed > 0) {
      throw new Error(`a deploy must change nothing: ${added} added, ${changed} changed, ${destroyed} destroyed`);
    }
    const after = this.cloud.holderOf(vip);
    if (after?.networkInterfaceId !== before?.networkInterfaceId) {
      throw new Error(`a deploy must move nothing: ${vip} was on ${before?.instanceId}, is on ${after?.instanceId}`);
    }
  }

  /** @throws where something is left */
  async destroy(): Promise<Changes> {
    const changes = parseChanges(await this.deployment.cdktf("destroy"));
    const { addresses, haVips, instances, networkInterfaces, roles, policies, subnets, vpcs } = this.cloud.state;
    const kinds = { addresses, haVips, instances, networkInterfaces, roles, policies, subnets, vpcs };
    const left = Object.entries(kinds).filter(([, byId]) => byId.size > 0);
    if (left.length > 0) throw new Error(`the destroy leaves something behind: ${left.map(([kind]) => kind).join()}`);
    return changes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.deployment[Symbol.asyncDispose]();
  }
}

/** Reads the last words of `terraform apply` or `destroy`, as cdktf hands them on. */
export function parseChanges(output: string): Changes {
  const last = /\b(?:Apply|Destroy) complete! Resources: (.+)\./.exec(stripVTControlCharacters(output))?.[1];
  if (last === undefined) throw new Error(`Terraform did not say what it has done:\n${output.slice(-1000)}`);
  const count = (what: string) => Number(new RegExp(`(\\d+) ${what}`).exec(last)?.[1] ?? 0);
  return { added: count("added"), changed: count("changed"), destroyed: count("destroyed") };
}
