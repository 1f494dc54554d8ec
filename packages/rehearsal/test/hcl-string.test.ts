import { describe, expect, test } from "vitest";
import { evaluateBase64Gzip, evaluateTemplate } from "../src/hcl-string.ts";

const resolve = (reference: string) => `<${reference}>`;

describe("evaluateBase64Gzip", () => {
  test.each([
    ['a \\"quoted\\" word', 'a "quoted" word'],
    ["line\\nline\\ttab\\r \\\\n", "line\nline\ttab\r \\n"],
    ["\\u0024{x} \\u00e9 \\U0001F600", "${x} é 😀"],
    ["$${x} %%{y}", "${x} %{y}"],
    ["id: ${tencentcloud_eip.Vip_Eip.id}.", "id: <tencentcloud_eip.Vip_Eip.id>."],
  ])("reads %s", (quoted, text) => {
    expect(evaluateBase64Gzip(`\${base64gzip("${quoted}")}`, resolve)).toBe(text);
  });

  test("leaves other expressions to others", () => {
    expect(evaluateBase64Gzip("H4sIAAAA", resolve)).toBeUndefined();
    expect(evaluateBase64Gzip('${base64encode("x")}', resolve)).toBeUndefined();
  });

  test.each([
    ["an escape that Terraform does not have", "\\q", /holds \\q/],
    ["a template directive", "%{ if x }", /holds %\{/],
    ["a function", "${upper(x)}", /\$\{upper\(x\)\} is more than a reference/],
  ])("refuses %s", (_, quoted, message) => {
    expect(() => evaluateBase64Gzip(`\${base64gzip("${quoted}")}`, resolve)).toThrow(message);
  });
});

test("evaluateTemplate resolves references and unescapes", () => {
  expect(evaluateTemplate("a ${b.c.id} $${d} %%{e}", resolve)).toBe("a <b.c.id> ${d} %{e}");
  expect(() => evaluateTemplate("${1 + 1}", resolve)).toThrow(/more than a reference/);
});
