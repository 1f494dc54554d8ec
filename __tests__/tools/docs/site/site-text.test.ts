import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { siteText } from "../../../../tools/docs/site/site-text.ts";

let root: string;
const page = { source: "docs/a.md", path: "a", title: "A" };
const pages = [page, { source: "packages/lab/README.md", path: "deep/lab", title: "Lab" }];
const textOf = (text: string, from = page) =>
  siteText(text, from, { root, pages, repository: "https://example.org/owner/name" });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "site-text-"));
  for (const folder of ["docs/images", "packages/lab"]) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["docs/a.md", "docs/images/a.svg", "packages/lab/README.md", "pair.yaml"])
    writeFileSync(join(root, file), "");
});
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  ["a page of the site leads there, with its anchor", "../packages/lab/README.md#b", "./deep/lab.md#b"],
  ["so does the folder of such a page", "../packages/lab", "./deep/lab.md"],
  ["an image lies beside the pages", "images/a.svg", "./images/a.svg"],
  ["any other file is shown by the repository", "../pair.yaml", "https://example.org/owner/name/blob/main/pair.yaml"],
  ["any other folder too", "../packages", "https://example.org/owner/name/tree/main/packages"],
  ["an address stays", "https://keepalived.org/", "https://keepalived.org/"],
  ["an anchor of the same page stays", "#b", "#b"],
])("%s", (_, target, expected) => {
  expect(textOf(`[x](${target})`)).toBe(`[x](${expected})`);
});

test("links of a page in a folder of the site go up", () => {
  expect(textOf("[x](../../docs/a.md)", pages[1])).toBe("[x](./../a.md)");
});

test("refuses a link to a file that is not there, and says where it stands", () => {
  expect(() => textOf("line\n[x](b.md)")).toThrow("docs/a.md:2 links to b.md, which is not there");
});
