import { spawnSync } from "node:child_process";

/** Terraform or its provider cannot be had here; the message says which, and how to get it. */
export class PrerequisitesError extends Error {}

/** What cdktf runs as Terraform. */
export const terraformBinary = (env: NodeJS.ProcessEnv): string => env["TERRAFORM_BINARY_NAME"] || "terraform";

/** @throws PrerequisitesError if Terraform does not start */
export function ensureTerraform(env: NodeJS.ProcessEnv): void {
  const binary = terraformBinary(env);
  const { error, status } = spawnSync(binary, ["version"], {
    env: { ...env, CHECKPOINT_DISABLE: "1" },
    stdio: "ignore",
  });
  if (!error && status === 0) return;
  throw new PrerequisitesError(
    [
      `'${binary}' does not start (${error?.message ?? `exit status ${status}`}): Terraform is needed, 1.5 or later.`,
      "Get it from https://developer.hashicorp.com/terraform/install, or name another one with TERRAFORM_BINARY_NAME.",
    ].join("\n"),
  );
}

/** What Terraform says where a provider cannot be had from the registry, a mirror or a plugin folder. */
const providerProblem =
  /Failed to (query available provider packages|install provider)|provider registry|Required plugins are not installed/i;

/** What to tell about output of `terraform init` that ended badly; undefined: it is not about the provider. */
export function explainInit(output: string): string | undefined {
  if (!providerProblem.test(output)) return undefined;
  return [
    "Terraform cannot get the provider tencentcloudstack/tencentcloud (its own words are above).",
    "It comes from the Terraform registry. Where that cannot be reached, unpack the release for this machine",
    "from https://github.com/tencentcloudstack/terraform-provider-tencentcloud/releases into a filesystem mirror,",
    "and name a CLI configuration that uses it with TF_CLI_CONFIG_FILE:",
    "https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror",
  ].join("\n");
}
