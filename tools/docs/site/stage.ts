// Writes the pages that the generator of the site takes, from the pages of the repository.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RepositoryManifest, webAddress } from "../../package/manifest.ts";
import { readPage, ROOT, siteGroups, sitePages } from "../pages.ts";
import { siteText } from "./site-text.ts";

/** Where the generator is, and below it the pages that it takes. */
export const SITE = join(ROOT, "tools/site");
export const STAGE = join(SITE, ".pages");

/** Writes all pages but the API reference, which its own generator adds. */
export function stagePages(): void {
  rmSync(STAGE, { recursive: true, force: true });
  const manifest = JSON.parse(readPage("package.json")) as RepositoryManifest;
  const pages = sitePages();
  const destinations = { root: ROOT, pages, repository: webAddress(manifest) };
  for (const page of pages) {
    const file = join(STAGE, `${page.path}.md`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, siteText(readPage(page.source), page, destinations));
  }
  cpSync(join(ROOT, "docs/images"), join(STAGE, "images"), { recursive: true });
  writeFileSync(join(STAGE, "site.json"), JSON.stringify(siteSettings(manifest), null, 2));
}

function siteSettings(manifest: RepositoryManifest): object {
  const groups = siteGroups().map(({ title, pages }) => ({
    text: title,
    items: [
      ...pages.map((page) => ({ text: page.title, link: `/${page.path}` })),
      ...(title === "Reference" ? [{ text: "The API of the constructs", link: "/api/" }] : []),
    ],
  }));
  return {
    title: "keepalived pair",
    description: manifest.description,
    repository: webAddress(manifest),
    sidebar: groups,
  };
}
