import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What Terraform has to say of a stack. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
}

/**
 * What `terraform validate` finds in a stack: with the provider, but with no backend, which cannot be reached here.
 *
 * @throws where Terraform cannot be made ready
 */
export function validate(stack: object): Diagnostic[] {
  const folder = mkdtempSync(join(tmpdir(), "terraform-validate-"));
  try {
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
    // With the environment's own configuration, which says where the provider is.
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    const binary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
    const run = (...words: string[]) => spawnSync(binary, words, { cwd: folder, env, encoding: "utf8" });
    const init = run("init", "-backend=false", "-input=false", "-no-color");
    if (init.status !== 0) throw new Error(`terraform init ended with ${init.status}: ${init.stderr}`);
    return JSON.parse(run("validate", "-json").stdout).diagnostics;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
