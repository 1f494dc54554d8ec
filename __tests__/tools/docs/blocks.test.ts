import { describe, expect, test } from "vitest";
import { BLOCKS, withBlocks } from "../../../tools/docs/blocks.ts";
import { readPage } from "../../../tools/docs/pages.ts";

describe.each(Object.keys(BLOCKS))("%s", (page) => {
  test("has what the source says now: npm run docs:pages", () => {
    const text = readPage(page);
    expect(withBlocks(page, text)).toBe(text);
  });
});

test("refuses a page that has no place for what is written", () => {
  expect(() => withBlocks("docs/security.md", "# Security")).toThrow("docs/security.md must have a place");
});

test.each(["README.md", "docs/comparison.md"])("the figures of %s are those of the campaigns", (page) => {
  const rows = [
    ...readPage("docs/failover.md").matchAll(
      /^\| (stop|crash) \| `[\w-]+` \| 1 s \| \d+ \| ([\d,]+) \| [\d,]+ \| ([\d,]+) \|/gm,
    ),
  ];
  expect(rows).toHaveLength(4);
  const span = (what: string) => {
    const figures = rows
      .filter(([, fault]) => fault === what)
      .flatMap(([, , ...cells]) => cells.map((cell) => Number(cell.replace(",", "")) / 1000));
    return `${Math.min(...figures).toFixed(1)} to ${Math.max(...figures).toFixed(1)} s`;
  };
  const text = readPage(page).replace(/\s+/g, " ");
  expect(text).toMatch(new RegExp(`A crash (?:here costs|costs a client) ${span("crash")}`));
  expect(text).toContain(`an orderly stop ${span("stop")}`);
});
