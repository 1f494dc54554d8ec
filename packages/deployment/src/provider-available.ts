import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const configuration = {
  terraform: {
    required_providers: { tencentcloud: { source: "tencentcloudstack/tencentcloud", version: "1.83.25" } },
  },
};

/** Whether Terraform is here and gets the provider the way it is configured to. */
export function providerAvailable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
    const { status } = spawnSync(process.env["TERRAFORM_BINARY_NAME"] || "terraform", ["init", "-input=false"], {
      cwd: folder,
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      stdio: "ignore",
      timeout: 60_000,
    });
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
