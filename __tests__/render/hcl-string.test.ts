import { describe, expect, test } from "vitest";
import { templateParts } from "../../constructs/contract";
import { literalText, quoteHclString, replaceTokenMarkers } from "../../constructs/render/hcl-string";
import { evaluate, hasTerraform } from "../helpers/terraform";

const TOKEN = "${TfToken[TOKEN.7]}";

describe("quoteHclString", () => {
  test.each([
    ["plain text", "plain text"],
    ['a "quoted" word', 'a \\"quoted\\" word'],
    ["line\nline\ttab\r", "line\\nline\\ttab\\r"],
    ["back\\slash \\b \\n", "back\\\\slash \\\\b \\\\n"],
    ["\b\f", "\\u0008\\u000c"],
    ["${x} %{if} $${y}", "\\u0024{x} \\u0025{if} $\\u0024{y}"],
    ["costs 5$ or 5%", "costs 5$ or 5\\u0025"],
    ["é😀", "é😀"],
  ])("writes %j as %j", (text, quoted) => expect(quoteHclString(text)).toBe(quoted));

  test("leaves a token marker as it is, also right behind a dollar or percent sign", () => {
    expect(quoteHclString(`id: ${TOKEN}\n`)).toBe(`id: ${TOKEN}\\n`);
    expect(quoteHclString(`$${TOKEN}%${TOKEN}`)).toBe(`\\u0024${TOKEN}\\u0025${TOKEN}`);
  });

  test("is undone by who reads user data", () => {
    const text = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join("${ %{ \\");
    expect(templateParts(quoteHclString(text), "quoted")).toEqual([{ text }]);
  });
});

test("replaceTokenMarkers puts the stand-in where a value will be", () => {
  expect(replaceTokenMarkers(`a ${TOKEN} b ${TOKEN}`, "eip-1")).toBe("a eip-1 b eip-1");
});

test.runIf(hasTerraform)("Terraform takes text as it stands, whatever looks like a template in it", () => {
  const texts = [
    "${x}",
    "%{if}",
    "$${x}",
    "$$$${x}",
    "%%{x}",
    "a $ b % c",
    "{}",
    "$",
    "%",
    "${",
    "$%{",
    '"${"',
    "\\${x}",
  ];
  expect(evaluate(texts.map(literalText))).toEqual(texts);
});

test.runIf(hasTerraform)("a token behind a dollar sign still gets its value", () => {
  const marker = "${TfToken[TOKEN.0]}";
  const resolved = ["$", "$$", "%", "a${"].map((text) => literalText(`${text}${marker}`).replace(marker, '${"v"}'));
  expect(evaluate(resolved)).toEqual(["$v", "$$v", "%v", "a${v"]);
});

test.runIf(hasTerraform)("templates are read as Terraform evaluates them", () => {
  const templates = ["${x}", "$${x}", "$$${x}", "$$$${x}", "%%{x}", "%%%{x}", "$%{", "a$", "5% {}", '\\"', "é😀\u2028"];
  const plain = templates.filter((text) => !/(^|[^$])\$\{|(^|[^%])%\{/.test(text));
  expect(plain.length).toBeGreaterThan(6);
  expect(
    plain.map((text) =>
      templateParts(text, "bare")
        .map((part) => part.text)
        .join(""),
    ),
  ).toEqual(evaluate(plain));
});
