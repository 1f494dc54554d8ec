import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, DataResource, TerraformStack, Testing } from "cdktf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Identity } from "../../constructs/terraform/identity";
import { hasTerraform } from "../helpers/terraform";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "identity-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Terraform on a stack with what has an identity of these values, and carries a note as well. */
function terraform(command: "plan" | "apply" | "destroy", values: Record<string, string>, note = "") {
  const stack = new TerraformStack(new App(), "web-pair");
  new Identity(stack, "Identity", { values, remedy: "make another one" });
  new DataResource(stack, "Machine", { input: { note } });
  writeFileSync(join(folder, "cdk.tf.json"), Testing.synth(stack));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const run = (...args: string[]) =>
    spawnSync("terraform", [...args, "-no-color"], { cwd: folder, env, encoding: "utf8" });
  run("init");
  const options = command === "plan" ? ["-detailed-exitcode"] : ["-auto-approve"];
  const { status, stdout, stderr } = run(command, "-input=false", ...options);
  return { status, said: `${stdout}${stderr}`.replace(/[\s│╷╵]+/g, " ") };
}

const DEPLOYED = { vip: "10.0.1.100", "primary.privateIp": "10.0.1.11" };

test.runIf(hasTerraform)("a plan that changes what was deployed is refused, and says what to do", () => {
  expect(terraform("apply", DEPLOYED).status).toBe(0);
  const { status, said } = terraform("plan", { ...DEPLOYED, vip: "10.0.1.200" }, "changed");
  expect(status).toBe(1);
  expect(said).toContain("web-pair: 'vip' is 10.0.1.100 as deployed and cannot become 10.0.1.200: make another one.");
  expect(terraform("apply", { ...DEPLOYED, vip: "10.0.1.200" }, "changed").status).toBe(1);
  // Nothing of it was kept: the old value still is no change.
  expect(terraform("plan", DEPLOYED).status).toBe(0);
});

test.runIf(hasTerraform)("a plan that changes something else is let through", () => {
  terraform("apply", DEPLOYED);
  expect(terraform("apply", DEPLOYED, "changed").status).toBe(0);
  expect(terraform("plan", DEPLOYED, "changed").status).toBe(0);
});

test.runIf(hasTerraform)("a value that comes later, or is taken away, is no change of one", () => {
  terraform("apply", DEPLOYED);
  expect(terraform("plan", { ...DEPLOYED, "second.vip": "10.0.1.110" }).status).toBe(0);
  expect(terraform("plan", { vip: DEPLOYED.vip }).status).toBe(0);
});

test.runIf(hasTerraform)("whatever was changed, everything can be destroyed", () => {
  terraform("apply", DEPLOYED);
  expect(terraform("destroy", { ...DEPLOYED, vip: "10.0.1.200" }).status).toBe(0);
});
