import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("every error code that the source names is in a test", () => {
  const source = join(import.meta.dirname, "../src");
  const text = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
  const codes = text(source).matchAll(/"((?:[A-Z][A-Za-z]+)(?:\.[A-Z][A-Za-z]+)+)"|CloudError\(\s*"(\w+)"/g);
  const named = [...new Set([...codes].map(([, dotted, plain]) => dotted ?? plain ?? ""))].sort();
  const tests = text(import.meta.dirname);
  expect(named.length).toBeGreaterThan(90);
  expect(named.filter((each) => !tests.includes(each))).toEqual([]);
});
