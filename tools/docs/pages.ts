// The pages that people read, and where each of them stands on the documentation site.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { headingsOf } from "./markdown.ts";

/** The checkout. */
export const ROOT = join(__dirname, "../..");

/** A page of the repository that the site shows. */
export interface SitePage {
  /** Its path in the repository. */
  readonly source: string;
  /** Its path on the site, without its ending. */
  readonly path: string;
  readonly title: string;
}

/** What the site's menu shows, in this order. A page of docs/ that no group names comes at the end of the reference. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "Get started": ["docs/start.md", "docs/mechanisms.md", "docs/failover.md", "docs/comparison.md"],
  "Run a pair": [
    "docs/troubleshooting.md",
    "docs/node-command.md",
    "docs/monitoring.md",
    "docs/operations.md",
    "docs/security.md",
    "docs/sub-second-adverts.md",
  ],
  Reference: ["docs/node-settings.md", "docs/resources.md", "docs/glossary.md"],
  "How it works": [
    "docs/protocol.md",
    "docs/architecture.md",
    "docs/assumptions.md",
    "docs/field-reports/README.md",
    "docs/campaigns/README.md",
    "packages/rehearsal/README.md",
    "packages/local-cloud/README.md",
    "packages/pairctl/README.md",
  ],
  Project: ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"],
};

/** Paths on the site of pages that are called otherwise in the repository. */
const PATHS: Readonly<Record<string, string>> = {
  "CHANGELOG.md": "changelog",
  "CONTRIBUTING.md": "contributing",
  "SECURITY.md": "vulnerabilities",
  "docs/campaigns/README.md": "campaigns",
  "docs/field-reports/README.md": "field-reports",
  "packages/rehearsal/README.md": "rehearsal",
  "packages/local-cloud/README.md": "local-cloud",
  "packages/pairctl/README.md": "pairctl",
};

/** Titles in the menu of pages whose heading is the name of a package. */
const TITLES: Readonly<Record<string, string>> = {
  "packages/rehearsal/README.md": "The rehearsal",
  "packages/local-cloud/README.md": "The local cloud",
  "packages/pairctl/README.md": "The source of pairctl",
};

/** The first page of the site. */
export const HOME = "docs/index.md";

/** The groups of the site's menu. */
export function siteGroups(): { readonly title: string; readonly pages: readonly SitePage[] }[] {
  const named = Object.values(GROUPS).flat();
  const others = pagesIn("docs").filter((page) => page !== HOME && !named.includes(page));
  return Object.entries(GROUPS).map(([title, sources]) => ({
    title,
    pages: [...sources, ...(title === "Reference" ? others : [])].map(sitePage),
  }));
}

/** All pages of the site that are written by hand or made into docs/, the first one included. */
export function sitePages(): SitePage[] {
  return [{ source: HOME, path: "index", title: "Home" }, ...siteGroups().flatMap(({ pages }) => pages)];
}

/** Every page in Markdown that people read, from the root of the checkout. */
export function allPages(): string[] {
  const packages = readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/README.md`);
  const rest = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "tools/package/README.md"];
  return [
    ...rest,
    ...pagesIn("docs"),
    ...pagesIn("docs/campaigns"),
    ...pagesIn("docs/field-reports"),
    ...packages,
  ].filter((page) => existsSync(join(ROOT, page)));
}

export const readPage = (source: string): string => readFileSync(join(ROOT, source), "utf8");

function sitePage(source: string): SitePage {
  const [heading = source] = headingsOf(readPage(source));
  const title = TITLES[source] ?? heading;
  const path = PATHS[source] ?? source.replace(/^docs\//, "").replace(/\.md$/, "");
  return { source, path, title: title.length > 34 ? (title.split(":")[0] ?? title) : title };
}

function pagesIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
}
