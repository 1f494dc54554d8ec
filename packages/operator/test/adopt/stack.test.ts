import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStack } from "../../src/adopt/stack.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "pair-stack-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
const provider = { tencentcloud: [{ alias: "other", region: "ap-tokyo" }, { region: "ap-singapore" }] };

test("reads the resources and the provider's region of all files, but not its own", () => {
  write("cdk.tf.json", { provider, resource: { tencentcloud_vpc: { Vpc: { name: "web" } } } });
  write("more.tf.json", { resource: { tencentcloud_eip: { Eip: {} } } });
  write("adopt.tf.json", { import: [{ to: "tencentcloud_vpc.Vpc", id: "vpc-11111111" }] });
  const { region, resources } = readStack(folder, {});
  expect(region).toBe("ap-singapore");
  expect(resources).toEqual([
    { address: "tencentcloud_vpc.Vpc", type: "tencentcloud_vpc", arguments: { name: "web" } },
    { address: "tencentcloud_eip.Eip", type: "tencentcloud_eip", arguments: {} },
  ]);
});

test("takes the region from the environment where the stack does not say it, as the provider does", () => {
  write("cdk.tf.json", { provider: { tencentcloud: {} } });
  expect(readStack(folder, { TENCENTCLOUD_REGION: "ap-tokyo" }).region).toBe("ap-tokyo");
  expect(() => readStack(folder, {})).toThrow("does not say the region of its provider: set TENCENTCLOUD_REGION");
});

test("refuses a region that only Terraform knows", () => {
  write("cdk.tf.json", { provider: { tencentcloud: [{ region: "${var.region}" }] } });
  expect(() => readStack(folder, {})).toThrow("does not say the region");
});

test("refuses a folder without a synthesized stack, and one that was written half", () => {
  expect(() => readStack(folder, {})).toThrow("has no .tf.json: run 'cdktf synth'");
  writeFileSync(join(folder, "cdk.tf.json"), '{ "password": ');
  expect(() => readStack(folder, {})).toThrow(
    "cdk.tf.json must be Terraform's JSON, and is not: run 'cdktf synth' again",
  );
});
