import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { packedText, templateParts, userDataExpression, userDataSource } from "../../src/contract/index.ts";

describe("the expression of user data", () => {
  test("is read as what was put into it, whatever stands there", () => {
    for (const packed of ["", "H4sI/+A9"])
      for (const quoted of ["", "#cloud-config\\n", '\\"")}', '${data.a.b["c"].id}', 'a")}\nb'])
        expect(userDataSource(userDataExpression({ packed, quoted }))).toEqual({ packed, quoted });
  });

  test.each([
    "H4sIAAAA",
    '${base64encode("x")}',
    '${base64gzip("x")} ',
    "${base64gzip(local.text)}",
    'not base64${base64gzip("x")}',
  ])("is no other one, such as %s", (other) => expect(userDataSource(other)).toBeUndefined());

  test("has a beginning that was packed before, or none", () => {
    const packed = gzipSync("#cloud-config\n").toString("base64");
    expect(packedText({ packed, quoted: "" })).toBe("#cloud-config\n");
    expect(packedText({ packed: "", quoted: "#cloud-config" })).toBe("");
  });
});

describe("the parts of a template", () => {
  const read = (template: string, form: "quoted" | "bare") =>
    templateParts(template, form)
      .map(({ text, expression }) => text ?? `<${expression}>`)
      .join("");

  test.each([
    ['a \\"quoted\\" word', 'a "quoted" word'],
    ["line\\nline\\ttab\\r \\\\n", "line\nline\ttab\r \\n"],
    ["\\u0024{x} \\u00e9 \\U0001F600", "${x} é 😀"],
    ["$${x} %%{y}", "${x} %{y}"],
    ["costs 5$ or 5%, $$$${x}", "costs 5$ or 5%, $$${x}"],
    ["id: ${tencentcloud_eip.Vip_Eip.id}.", "id: <tencentcloud_eip.Vip_Eip.id>."],
    ["${a.b}${c.d}", "<a.b><c.d>"],
    ['${data.a.b["x}"].id}!', '<data.a.b["x}"].id>!'],
    [
      '${try([for e in a : e.id if e.ip == "${b.c["d"]}"][0], {}.id)}',
      '<try([for e in a : e.id if e.ip == "${b.c["d"]}"][0], {}.id)>',
    ],
    ['${a["\\"}"]}', '<a["\\"}"]>'],
  ])("of a quoted string are read: %s", (template, text) => expect(read(template, "quoted")).toBe(text));

  test("of an attribute in JSON have no escapes but those of the template", () => {
    expect(read("a ${b.c.id} $${d} %%{e} \\n", "bare")).toBe("a <b.c.id> ${d} %{e} \\n");
  });

  test("join the text between two expressions to one part", () => {
    expect(templateParts("${a.b}-\\u0024{x}\\n${c.d}", "quoted")).toEqual([
      { expression: "a.b" },
      { text: "-${x}\n" },
      { expression: "c.d" },
    ]);
    expect(templateParts("", "quoted")).toEqual([]);
  });

  test.each([
    ["an escape that Terraform does not have", "\\q", /holds \\q/],
    ["a backslash at the end", "a\\", /holds \\, which/],
    ["a template directive", "%{ if x }", /holds %\{/],
    ["an expression without an end", '${a["}', /\$\{a\["\}… does not end/],
  ])("refuses %s", (_, template, message) => expect(() => templateParts(template, "quoted")).toThrow(message));
});
