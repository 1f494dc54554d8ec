import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { SETTINGS_ROWS } from "../src/contract/index.ts";

const SOURCE = join(import.meta.dirname, "../src");

test("every key of the settings is read by code of pairctl, not only named in the type of a step", () => {
  const read = new Set<string>();
  for (const file of readdirSync(SOURCE, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) read.add(node.name.text);
      if (ts.isBindingElement(node)) read.add((node.propertyName ?? node.name).getText());
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(SOURCE, file), "utf8"), ts.ScriptTarget.Latest, true));
  }
  expect(Object.keys(SETTINGS_ROWS).filter((key) => !read.has(key))).toEqual([]);
});
