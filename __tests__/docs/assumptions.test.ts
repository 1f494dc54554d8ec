import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ASSUMPTIONS } from "../../packages/local-cloud/src/index.ts";

const DOCS = join(__dirname, "..", "..", "docs");
const text = readFileSync(join(DOCS, "assumptions.md"), "utf8");

/** The cells of each row of the table below a heading, without its head. */
function rowsBelow(heading: string): string[][] {
  const [, section = ""] = text.split(`## ${heading}\n`);
  const lines = section.split("\n## ")[0]?.split("\n") ?? [];
  const rows = lines.filter((line) => line.startsWith("|")).slice(2);
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const switched = rowsBelow("With a switch");
const others = rowsBelow("Without a switch");
const codes = (cell: string | undefined) => [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, code]) => code);

test("the table has the local cloud's switches and their readings, the believed one first, and no others", () => {
  const documented = switched.map(([name, readings]) => [codes(name)[0], codes(readings)]);
  expect(documented).toEqual(Object.entries(ASSUMPTIONS).map(([name, { readings }]) => [name, [...readings]]));
});

test("each row says what is believed, where that comes from, what happens where it is wrong, and who has seen it", () => {
  expect(others.length).toBeGreaterThan(5);
  for (const row of [...switched.map((cells) => cells.slice(2)), ...others]) {
    expect(row).toHaveLength(4);
    for (const cell of row) expect(cell).not.toBe("");
  }
});

test("what is confirmed names a field report that there is", () => {
  for (const row of [...switched, ...others]) {
    const confirmed = row.at(-1) ?? "";
    if (confirmed === "none yet") continue;
    const reports = [...confirmed.matchAll(/\]\((field-reports\/[^)]+)\)/g)].map(([, file = ""]) => file);
    expect(reports, confirmed).not.toEqual([]);
    expect(reports.filter((file) => !existsSync(join(DOCS, file)))).toEqual([]);
  }
});
