import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { quoteHclString } from "../../constructs/render/hcl-string";
import { TerraformData } from "../../constructs/terraform/terraform-data";
import { terraformTemplate } from "../../constructs/terraform/terraform-template";
import { synth } from "../helpers/synth";
import { evaluate, hasTerraform } from "../helpers/terraform";

const valueOf = (text: (token: string) => string): unknown => {
  const stack = synth((scope) => {
    const id = new TerraformData(scope, "Data", {}).getStringAttribute("id");
    new TerraformOutput(scope, "Text", { value: terraformTemplate(text(id)), staticId: true });
  }) as unknown as { output: { Text: { value: unknown } } };
  return stack.output.Text.value;
};

test("a token inside an expression is an interpolation, whatever braces stand before it", () => {
  expect(valueOf((id) => `\${upper("${id}")}`)).toBe('${upper("${terraform_data.Data.id}")}');
  expect(valueOf((id) => `\${upper("{ } ${id} }")} ${id}`)).toBe(
    '${upper("{ } ${terraform_data.Data.id} }")} ${terraform_data.Data.id}',
  );
});

test("a text without tokens is no token itself", () => {
  expect(terraformTemplate('${upper("{ }")}')).toBe('${upper("{ }")}');
  expect(valueOf(() => '${upper("{ }")} }')).toBe('${upper("{ }")} }');
});

test("a token of another stack is a reference to that stack's output", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const data = new TerraformData(new TerraformStack(app, "first"), "Data", {});
  const second = new TerraformStack(app, "second");
  new TerraformOutput(second, "Text", {
    value: terraformTemplate(`\${upper("{ } ${data.getStringAttribute("id")} }")}`),
    staticId: true,
  });
  app.synth();
  const { output } = JSON.parse(Testing.synth(second)) as { output: { Text: { value: string } } };
  expect(output.Text.value).toMatch(
    /^\$\{upper\("\{ \} \$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\} \}"\)\}$/,
  );
});

test.runIf(hasTerraform)("Terraform reads a text with braces of its own as it was written", () => {
  const script = 'a() { echo "${b}" %{c} $${d}; }\n';
  expect(evaluate(valueOf(() => `\${upper("${quoteHclString(script)}")}`))).toBe(script.toUpperCase());
});
