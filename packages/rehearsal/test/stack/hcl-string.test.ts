import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { evaluateUserData, evaluateTemplate } from "../../src/stack/hcl-string.ts";

const resolve = (reference: string) => `<${reference}>`;
const textOf = (expression: string) => gunzipSync(evaluateUserData(expression, resolve) ?? "").toString();

describe("evaluateUserData", () => {
  test.each([
    ['a \\"quoted\\" word', 'a "quoted" word'],
    ["line\\nline\\ttab\\r \\\\n", "line\nline\ttab\r \\n"],
    ["\\u0024{x} \\u00e9 \\U0001F600", "${x} é 😀"],
    ["$${x} %%{y}", "${x} %{y}"],
    ["id: ${tencentcloud_eip.Vip_Eip.id}.", "id: <tencentcloud_eip.Vip_Eip.id>."],
  ])("reads %s", (quoted, text) => {
    expect(textOf(`\${base64gzip("${quoted}")}`)).toBe(text);
  });

  test("reads what stands encoded before it, too", () => {
    // Of a multiple of 3 bytes, as the packer of the constructs makes it.
    const before = gzipSync("#cloud-config\n", { level: 0 });
    const encoded = gzipSync(`#cloud-config${"\n".repeat(1 + ((3 - (before.length % 3)) % 3))}`, { level: 0 });
    expect(encoded.length % 3).toBe(0);
    expect(textOf(`${encoded.toString("base64")}\${base64gzip("a: 1")}`)).toMatch(/^#cloud-config\n+a: 1$/);
  });

  test("leaves other expressions to others", () => {
    expect(evaluateUserData("H4sIAAAA", resolve)).toBeUndefined();
    expect(evaluateUserData('${base64encode("x")}', resolve)).toBeUndefined();
  });

  test.each([
    ["an escape that Terraform does not have", "\\q", /holds \\q/],
    ["a template directive", "%{ if x }", /holds %\{/],
    ["a function", "${upper(x)}", /\$\{upper\(x\)\} is more than a reference/],
  ])("refuses %s", (_, quoted, message) => {
    expect(() => evaluateUserData(`\${base64gzip("${quoted}")}`, resolve)).toThrow(message);
  });
});

test("evaluateTemplate resolves references and unescapes", () => {
  expect(evaluateTemplate("a ${b.c.id} $${d} %%{e}", resolve)).toBe("a <b.c.id> ${d} %{e}");
  expect(() => evaluateTemplate("${1 + 1}", resolve)).toThrow(/more than a reference/);
});
