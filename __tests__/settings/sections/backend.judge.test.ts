import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { declareBackend } from "../../../settings/sections/backend";
import { hasTerraform, terraform } from "../../helpers/terraform";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backend-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stack with nothing but a backend. */
function stackWith(settings: Parameters<typeof declareBackend>[1]): { terraform: { backend: Record<string, object> } } {
  const stack = new TerraformStack(new App(), "web-pair");
  declareBackend(stack, settings, folder);
  return JSON.parse(Testing.synth(stack));
}

const COS = { type: "cos", region: "ap-singapore", bucket: "state-1250000000", prefix: "keepalived" } as const;

test.runIf(hasTerraform)("Terraform takes the block of a bucket: it gets as far as to the bucket", () => {
  const { backend } = stackWith(COS).terraform;
  expect(backend).toEqual({
    cos: { region: "ap-singapore", bucket: "state-1250000000", prefix: "keepalived", encrypt: true },
  });
  const { stderr } = terraform({ terraform: { backend } }, ["init", "-input=false"]);
  expect(stderr).not.toMatch(/Extraneous JSON object property|Unsupported argument|Invalid backend configuration/);
  expect(stderr).toMatch(/credential|secret|bucket state-1250000000/i);
});

test.runIf(hasTerraform)(
  "Terraform refuses a key that is not the bucket's, which is how this test would notice one",
  () => {
    const { stderr } = terraform({ terraform: { backend: { cos: { ...COS } } } }, ["init", "-input=false"]);
    expect(stderr).toMatch(/Extraneous JSON object property/);
  },
);

test.runIf(hasTerraform)("Terraform takes the local block, and validates the whole stack's core", () => {
  const stack = stackWith({ type: "local" });
  const { status, stderr } = terraform(stack, ["init", "-input=false"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.runIf(hasTerraform)("the plan of a renamed stack says that another one's state lies beside its own", () => {
  const plan = () => terraform(stackWith({ type: "local" }), ["plan", "-input=false"], undefined, ["init"]).stdout;
  expect(plan()).not.toContain("another stack");
  writeFileSync(join(folder, "terraform.old-name.tfstate"), "{}");
  expect(plan()).toMatch(/Check block assertion failed[^]*terraform\.old-name\.tfstate/);
  writeFileSync(join(folder, "terraform.web-pair.tfstate"), JSON.stringify({ version: 4, serial: 1, lineage: "a" }));
  expect(plan()).not.toContain("another stack");
});
