import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What cdktf runs as Terraform. */
const BINARY = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** Whether Terraform is here; where it is not, the tests that need it say so. */
export const hasTerraform = spawnSync(BINARY, ["version"]).status === 0;
if (!hasTerraform) console.warn(`not run: ${BINARY} is not on the PATH`);

/** What a command of Terraform's said. */
export interface TerraformAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Terraform has to say of a stack. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
}

/** Runs Terraform in an empty folder with one configuration; `before` are commands that prepare it, such as `init`. */
export function terraform(
  configuration: object,
  args: readonly string[],
  input?: string,
  before: readonly string[] = [],
): TerraformAnswer {
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  return inFolder(configuration, env, (run) => {
    for (const command of before) run([command], input);
    return run(args, input);
  });
}

/** What Terraform makes of a value in its JSON syntax. */
export function evaluate(value: unknown): unknown {
  const { stdout, stderr } = terraform({ locals: { value } }, ["console"], "jsonencode(local.value)\n");
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(JSON.parse(stdout));
}

/**
 * What `terraform validate` finds in a stack: with the provider where the environment's own configuration says where that
 * is, but with no backend, which cannot be reached here.
 *
 * @throws where Terraform cannot be made ready
 */
export function validate(stack: object): Diagnostic[] {
  return inFolder(stack, process.env, (run) => {
    const { status, stderr } = run(["init", "-backend=false", "-input=false"]);
    if (status !== 0) throw new Error(`terraform init ended with ${status}: ${stderr}`);
    return JSON.parse(run(["validate", "-json"]).stdout).diagnostics;
  });
}

function inFolder<Result>(
  configuration: object,
  environment: NodeJS.ProcessEnv,
  use: (run: (words: readonly string[], input?: string) => TerraformAnswer) => Result,
): Result {
  const cwd = mkdtempSync(join(tmpdir(), "terraform-test-"));
  try {
    writeFileSync(join(cwd, "cdk.tf.json"), JSON.stringify(configuration));
    const env = { ...environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    return use((words, input) => spawnSync(BINARY, [...words, "-no-color"], { cwd, env, input, encoding: "utf8" }));
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
