// Writes the table of imports in docs/architecture.md from the linter's rules: npm run docs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Layer, LAYERS } from "../lint/boundaries.mjs";

const TARGET = join(__dirname, "../../docs/architecture.md");
const TABLE = /(<!-- written by npm run docs -->\n)[^]*(\n<!-- end of what is written by npm run docs -->)/;

/** The page with the table that the rules make. */
export function withImportTable(page: string): string {
  if (!TABLE.test(page)) throw new Error(`${TARGET} must have a place for the table: ${TABLE.source}`);
  return page.replace(TABLE, (_, begin: string, end: string) => `${begin}\n${importTable()}\n${end}`);
}

function importTable(): string {
  const rows = LAYERS.map((layer) => {
    const { name, folders, mayImport } = layer;
    return `| ${name} | ${code(folders)} | ${code(mayImport) || "nothing"} | ${modulesOf(layer)} |`;
  });
  return [
    "| part | where | may import of the project, beside itself | may import else |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function modulesOf({ modules }: Layer): string {
  return modules === undefined ? "any package" : code(modules) || "nothing";
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");

if (require.main === module) writeFileSync(TARGET, withImportTable(readFileSync(TARGET, "utf8")));
