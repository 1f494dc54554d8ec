import { TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { TerraformData } from "../../constructs/terraform/terraform-data";
import { dependingOn, replacedWith } from "../../constructs/terraform/resource-reference";

/** Two resources in a stack, of which the second refers to the first as a test says; the first is renamed after that. */
function synthReferring(refer: (second: TerraformData, first: TerraformData) => void): unknown {
  const stack = new TerraformStack(Testing.app(), "stack");
  const first = new TerraformData(stack, "First", {});
  const second = new TerraformData(stack, "Second", {});
  refer(second, first);
  first.overrideLogicalId("renamed");
  const { resource } = JSON.parse(Testing.synth(stack)) as { resource: { terraform_data: Record<string, unknown> } };
  return resource.terraform_data["Second"];
}

test("what depends on a resource has its address, also where it is renamed later", () => {
  const second = synthReferring((resource, first) => {
    resource.dependsOn = dependingOn(resource, first, undefined);
  });
  expect(second).toMatchObject({ depends_on: ["terraform_data.renamed"] });
});

test("what is replaced with a resource has its id, also where it is renamed later", () => {
  const second = synthReferring((resource, first) => {
    resource.lifecycle = { replaceTriggeredBy: replacedWith(first, undefined) };
  });
  expect(second).toMatchObject({ lifecycle: { replace_triggered_by: ["terraform_data.renamed.id"] } });
});

test("what is no resource of the same stack is left to cdktf", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const resource = new TerraformData(stack, "Resource", {});
  resource.dependsOn = dependingOn(resource, { fqn: "module.network" });
  expect(JSON.parse(Testing.synth(stack))).toMatchObject({
    resource: { terraform_data: { Resource: { depends_on: ["module.network"] } } },
  });
});
