import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../src/commands/index.ts";
import { EXIT_CODES } from "../src/exit-codes.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/pair.md"), "utf8");

test("docs/pair.md has every exit status with its meaning, and no other", () => {
  const rows = [...page.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, meaning]) => `${code} ${meaning}`);
  expect(rows).toEqual(Object.values(EXIT_CODES).map(({ code, meaning }) => `${code} ${meaning}`));
});

test.each(COMMANDS.map(({ name, summary }) => [name, summary]))("docs say of pair %s: %s", (name, summary) => {
  const pages = ["pair.md", "operations.md"].map((file) => {
    try {
      return readFileSync(join(import.meta.dirname, "../../../docs", file), "utf8");
    } catch {
      return "";
    }
  });
  expect(pages.join("\n")).toContain(`pair ${name}`);
  if (name !== "plan") expect(page).toContain(`| ${summary} |`);
});
