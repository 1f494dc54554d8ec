// The props that are made of the contract's rows: their comments stand there, where the API's generator does not look.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rowComments } from "../node-settings.ts";

/** Fills in what the tables of the API reference say of such props. */
export function withContractComments(folder: string): void {
  const comments = rowComments();
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  for (const page of pages) {
    const text = readFileSync(join(folder, page), "utf8");
    writeFileSync(join(folder, page), withComments(text, comments));
  }
}

/** A table of props with the comment of the contract where it has none. */
export function withComments(text: string, comments: ReturnType<typeof rowComments>): string {
  return text.replace(/^(\|.*`(\w+)\?`.*\| )- \|$/gm, (line, row: string, key: string) => {
    const comment = comments.get(key);
    if (comment === undefined) return line;
    const value = comment.default === undefined ? "" : ` **Default** \`${comment.default.replaceAll("`", "")}\``;
    return `${row}${comment.text.replaceAll("|", "\\|")}${value} |`;
  });
}
