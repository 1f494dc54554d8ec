import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { expect, test } from "vitest";
import { pairStack } from "../settings";
import { loadPairSettings } from "../settings";

const settings = loadPairSettings(join(__dirname, "../pair.yaml"));
const { terraform } = JSON.parse(Testing.synth(pairStack(new App(), settings), true));

test("the stack asks for a version that OpenTofu, which begins with 1.6, has as well", () => {
  expect(terraform.required_version).toBe(">= 1.5");
});

test("the provider is named without a registry: OpenTofu and Terraform each ask their own", () => {
  expect(terraform.required_providers).toEqual({
    tencentcloud: { source: "tencentcloudstack/tencentcloud", version: expect.any(String) },
  });
});

test("examples/opentofu.md says both as they are", () => {
  const page = readFileSync(join(__dirname, "../examples/opentofu.md"), "utf8");
  for (const fact of [terraform.required_version, terraform.required_providers.tencentcloud.source])
    expect(page).toContain(`\`${fact}\``);
});
