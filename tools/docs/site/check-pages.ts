// Opens every page of the built site in Chromium, at the width of a desktop and of a phone: npm run docs:check
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { findChromium, openChromium } from "../../browser/chromium.ts";
import { ROOT } from "../pages.ts";
import { serveFolder } from "./serve-folder.ts";

const SITE = join(ROOT, "dist/site");
const WIDTHS = { desktop: 1280, phone: 390 } as const;

/**
 * What is wrong with the pages of a site in a folder.
 *
 * @throws where there is no Chromium
 */
export async function problemsOfSite(folder: string): Promise<string[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Chromium must be on PATH: install Debian's package chromium");
  await using server = await serveFolder(folder);
  const browser = await openChromium(executablePath);
  try {
    const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
    return await problemsOf(browser, pages, server.origin);
  } finally {
    await browser.close();
  }
}

/** What is wrong with the pages: each is opened at both widths by the same two windows. */
async function problemsOf(opened: Browser, pages: readonly string[], site: string): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(WIDTHS).map(async ([device, width]) => {
      const problems: string[] = [];
      const window = await opened.newPage({ viewport: { width, height: 800 } });
      let current = "";
      const report = (problem: string) => problems.push(`${current} (${device}): ${problem}`);
      window.on("pageerror", (error) => report(error.message));
      window.on("console", (message) => message.type() === "error" && report(message.text()));
      await window.route("**/*", (route) => {
        const { origin, protocol } = new URL(route.request().url());
        if (origin === site || protocol === "data:") return route.continue();
        report(`asks another host: ${route.request().url()}`);
        return route.abort();
      });
      // The generated pages are all alike: the narrow window is the stricter one.
      const opens = pages.filter((page) => device === "phone" || !page.startsWith("api/"));
      for (const page of opens) {
        current = page;
        await window.goto(`${site}/${page}`, { waitUntil: "load" });
        (await flawsOf(window)).forEach(report);
      }
      return problems;
    }),
  );
  return found.flat();
}

/** What a reader would see at once: images that are not there, and a page that has to be moved sideways. */
async function flawsOf(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const { document } = globalThis as unknown as { document: PageDocument };
    const broken = [...document.images].filter((image) => image.complete && image.naturalWidth === 0);
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...broken.map((image) => `the image ${image.src} cannot be shown`),
      ...(scrollWidth > clientWidth ? [`it is ${scrollWidth} pixels wide in a window of ${clientWidth}`] : []),
    ];
  });
}

/** What is read of a page's own document. */
interface PageDocument {
  readonly images: Iterable<{ readonly complete: boolean; readonly naturalWidth: number; readonly src: string }>;
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
}

if (require.main === module) {
  void problemsOfSite(SITE).then((problems) => {
    if (problems.length === 0) console.log("no request to another host, no error, nothing wider than its window");
    else console.error(problems.join("\n"));
    process.exitCode = Math.min(problems.length, 1);
  });
}
