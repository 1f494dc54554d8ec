import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DeployCheck } from "../../constructs/terraform/deploy-check";
import { hasTerraform } from "../helpers/terraform";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "deploy-check-test-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Terraform on a stack that needs a machine of this type, where the cloud sells what a file says. */
function terraform(command: "plan" | "apply" | "destroy", instanceType: string, sold: readonly string[]) {
  const stack = new TerraformStack(new App(), "web-pair");
  writeFileSync(join(folder, "sold.json"), JSON.stringify(sold));
  new DeployCheck(stack, "Check", {
    values: { instanceType },
    conditions: {
      isSold: {
        holds: `contains(jsondecode(file("${folder}/sold.json")), "${instanceType}")`,
        otherwise: `'instanceType' is ${instanceType}, which costs 100 %{of it}`,
      },
    },
  });
  writeFileSync(join(folder, "cdk.tf.json"), Testing.synth(stack));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const run = (...args: string[]) =>
    spawnSync("terraform", [...args, "-no-color"], { cwd: folder, env, encoding: "utf8" });
  run("init");
  const { status, stdout, stderr } = run(
    command,
    "-input=false",
    command === "plan" ? "-detailed-exitcode" : "-auto-approve",
  );
  return { status, said: `${stdout}${stderr}`.replace(/[\s│╷╵]+/g, " ") };
}

test.runIf(hasTerraform)("what the cloud does not have fails at the plan, with what is said of it", () => {
  const { status, said } = terraform("plan", "S9.HUGE1", ["S5.MEDIUM2"]);
  expect(status).toBe(1);
  expect(said).toContain("web-pair: 'instanceType' is S9.HUGE1, which costs 100 %{of it}.");
});

test.runIf(hasTerraform)("what was there at the first deploy may go: the plan of what runs stays empty", () => {
  expect(terraform("apply", "S5.MEDIUM2", ["S5.MEDIUM2"]).status).toBe(0);
  expect(terraform("plan", "S5.MEDIUM2", []).status).toBe(0);
  expect(terraform("destroy", "S5.MEDIUM2", []).status).toBe(0);
});

test.runIf(hasTerraform)("another value must be there again", () => {
  terraform("apply", "S5.MEDIUM2", ["S5.MEDIUM2"]);
  expect(terraform("plan", "S5.LARGE8", []).status).toBe(1);
  expect(terraform("plan", "S5.LARGE8", ["S5.LARGE8"]).status).toBe(2);
  expect(terraform("apply", "S5.LARGE8", ["S5.LARGE8"]).status).toBe(0);
});
