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

test("docs/pair.md has every command with its summary, and no other", () => {
  const rows = [...page.matchAll(/^\| \[`pair (\w+)`\]\(\S+\) \| (.+?) \|/gm)].map(
    ([, name, what]) => `${name}: ${what}`,
  );
  expect(rows).toEqual(COMMANDS.map(({ name, summary }) => `${name}: ${summary}`));
});
