import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allPages, ROOT, siteGroups, sitePages } from "../../../tools/docs/pages.ts";

test("every page of docs/ is in the menu of the site, once", () => {
  const sources = sitePages().map(({ source }) => source);
  expect(new Set(sources).size).toBe(sources.length);
  const docs = allPages().filter((page) => page.startsWith("docs/"));
  expect(docs.filter((page) => !sources.includes(page))).toEqual([]);
});

test("the site has only pages that there are, each at a place of its own", () => {
  const pages = sitePages();
  expect(pages.filter(({ source }) => !existsSync(join(ROOT, source)))).toEqual([]);
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
});

test("each page has a title in the menu that fits into a line or two", () => {
  const titles = siteGroups().flatMap(({ pages }) => pages.map(({ title }) => title));
  expect(titles.filter((title) => title.length > 45 || title === "")).toEqual([]);
});
