import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { planOf } from "../../src/plan/plan.ts";
import { readPlan } from "../../src/plan/read-plan.ts";
import { recordedFile, recordedJson } from "./support/plans.ts";

/** What it says of some bytes, and that it is the caller's mistake. */
function refusal(bytes: Buffer | string): string {
  try {
    readPlan(Buffer.from(bytes), "plan.json");
  } catch (error) {
    expect(error).toMatchObject({ name: "OperatorError", outcome: "usage" });
    return (error as Error).message;
  }
  return "nothing";
}

describe("reading a plan", () => {
  test("takes what Terraform prints, with a byte order mark, too", () => {
    const bytes = readFileSync(recordedFile("no-change"));
    expect(readPlan(bytes, "plan.json").resource_changes.length).toBeGreaterThan(10);
    expect(readPlan(Buffer.concat([Buffer.from("\uFEFF"), bytes]), "plan.json").format_version).toBe("1.2");
  });

  test.each([
    [
      "Terraform's own binary plan",
      Buffer.from("PK\u0003\u0004plan"),
      /^plan\.json is .* binary: .*terraform show -json plan\.json/,
    ],
    ["an empty file", "", /is empty: make it with 'terraform plan -out=/],
    [
      "what Terraform prints for people",
      "Terraform will perform the following actions:\n",
      /is a text, .* and no JSON: /,
    ],
    [
      "a plan that was cut off",
      '{"format_version":"1.2","resource_changes":[{"addr',
      /is broken JSON \(.+\): was it cut off\?/,
    ],
    [
      "the log of plan -json",
      '{"@level":"info","type":"version"}\n{"@level":"info"}\n',
      /is the log of 'terraform plan -json'/,
    ],
    ["a single line of that log", '{"@level":"info","type":"version"}', /is the log of 'terraform plan -json'/],
    [
      "a state file",
      '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x"}',
      /a state file of Terraform \(version 4\)/,
    ],
    ["what is shown of a state", '{"format_version":"1.0","values":{}}', /prints of a state, and no plan/],
    ["a synthesized stack", '{"terraform":{},"resource":{}}', /is a synthesized stack, and no plan of it/],
    ["a schema", '{"format_version":"1.0","provider_schemas":{}}', /is the providers' schema, and no plan/],
    ["other JSON", "[1, 2]", /is JSON, but no plan/],
    [
      "another format",
      '{"format_version":"2.0","terraform_version":"2.0.1","resource_changes":[]}',
      /format 2\.0, made by Terraform 2\.0\.1, and .* reads format 1/,
    ],
    [
      "a resource without a change",
      '{"format_version":"1.2","resource_changes":[{"address":"a"}]}',
      /has a resource that is not described/,
    ],
  ])("refuses %s, and says how to get a plan", (_what, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  test("refuses a plan without a pair, and says what is in it", () => {
    const { resource_changes, ...json } = recordedJson("no-change");
    const others = resource_changes.filter(({ type }) => type !== "tencentcloud_instance");
    expect(() => planOf({ ...json, resource_changes: others }, "plan.json")).toThrow(
      /^plan\.json has no keepalived pair in it .*\(\d+ resources, of which 0 are instances\): give the plan of the stack/,
    );
  });
});
