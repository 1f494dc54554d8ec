import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkLinks } from "../../../../tools/docs/site/check-links.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "check-links-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What is wrong with a site of these files. */
function problems(files: Readonly<Record<string, string>>, base?: string): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return checkLinks(folder, base);
}

test("is content with links to pages, anchors, folders, scripts and addresses that are well formed", () => {
  const index = `<h1 id="top">A</h1><a href="/b/c.html#d-e%C3%A9"></a><a href="/b/"></a><a href="#top"></a>
    <script src="/s.js"></script><a href="https://keepalived.org/x?a=1&amp;b=2"></a><a href="mailto:a@example.org"></a>`;
  expect(problems({ "index.html": index, "b/c.html": '<h2 id="d-eé">', "b/index.html": "", "s.js": "" })).toEqual([]);
});

test.each([
  ["a page that is not there", "/b.html", "is not there"],
  ["an anchor that is not there", "#b", "has no such anchor"],
  ["an address without encryption", "http://keepalived.org/", "must begin with https:"],
  ["an address that cannot be read", "https://a b/", "is no address"],
  ["a host without a domain", "https://localhost/", "names no host"],
])("refuses %s", (_, target, problem) => {
  expect(problems({ "index.html": `<a href="${target}">` })).toEqual([`index.html: ${target} ${problem}`]);
});

test("refuses a link that leaves the folder that the site lies below", () => {
  const files = { "index.html": '<a href="/docs/index.html"></a><a href="/index.html">' };
  expect(problems(files, "/docs/")).toEqual(["index.html: /index.html is outside of /docs/"]);
});
