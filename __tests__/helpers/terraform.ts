import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Terraform is on the PATH; where it is not, the tests that need it say so. */
export const hasTerraform = spawnSync("terraform", ["version"]).status === 0;
if (!hasTerraform) console.warn("not run: terraform is not on the PATH");

/** What a command of Terraform's said. */
export interface TerraformAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Terraform in an empty folder with one configuration; `before` are commands that prepare it, such as `init`. */
export function terraform(
  configuration: object,
  args: readonly string[],
  input?: string,
  before: readonly string[] = [],
): TerraformAnswer {
  const folder = mkdtempSync(join(tmpdir(), "terraform-test-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
    const { TF_CLI_CONFIG_FILE: _, ...environment } = process.env;
    const env = { ...environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    const run = (words: readonly string[]) =>
      spawnSync("terraform", [...words, "-no-color"], { cwd: folder, env, input, encoding: "utf8" });
    for (const command of before) run([command]);
    return run(args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Terraform makes of a value in its JSON syntax. */
export function evaluate(value: unknown): unknown {
  const { stdout, stderr } = terraform({ locals: { value } }, ["console"], "jsonencode(local.value)\n");
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(JSON.parse(stdout));
}
