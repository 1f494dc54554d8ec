// Chromium judges what pages do.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../../../tools/browser/chromium.ts";
import { problemsOfSite } from "../../../../tools/docs/site/check-pages.ts";

const hasChromium = findChromium() !== undefined;
if (!hasChromium) console.log("left out: the pages of a site in a browser, since there is no Chromium");

const PAGES: Readonly<Record<string, string>> = {
  "well.html": "<p>Well.</p><img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">",
  "font.html": "<style>@font-face{font-family:a;src:url(https://fonts.example.org/a)}p{font-family:a}</style><p>Text",
  "script.html": '<script src="https://example.org/count.js"></script>',
  "image.html": '<img src="/gone.png">',
  "error.html": "<script>throw new Error('broken')</script>",
  "wide.html": '<div style="width:700px">wide</div>',
};

describe.runIf(hasChromium)("the pages of a site", () => {
  let folder: string;
  let problems: string[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "check-pages-"));
    const head = '<!doctype html><meta name="viewport" content="width=device-width">';
    for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, name), head + text);
    problems = await problemsOfSite(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const of = (page: string) => problems.filter((problem) => problem.startsWith(page));

  test("are well where nothing is wrong", () => {
    expect(of("well.html")).toEqual([]);
  });

  test.each(["desktop", "phone"])("refuses a request to another host (%s)", (device) => {
    expect(of("font.html")).toContain(`font.html (${device}): asks another host: https://fonts.example.org/a`);
    expect(of("script.html")).toContain(`script.html (${device}): asks another host: https://example.org/count.js`);
  });

  test("refuses an image that is not there", () => {
    expect(of("image.html").join("\n")).toMatch(/gone\.png cannot be shown/);
  });

  test("refuses an error of a script", () => {
    expect(of("error.html")).toEqual(["error.html (desktop): broken", "error.html (phone): broken"]);
  });

  test("refuses a page that is wider than a phone", () => {
    expect(of("wide.html").join("\n")).toMatch(/^wide\.html \(phone\): it is \d+ pixels wide in a window of 390$/);
  });
});
