import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { withLinks } from "../markdown.ts";
import type { SitePage } from "../pages.ts";

/** What the links of a page lead to. */
export interface Destinations {
  /** The checkout. */
  readonly root: string;
  /** The pages of the site. */
  readonly pages: readonly SitePage[];
  /** Where the repository shows a file or a folder, such as `https://github.com/owner/name`. */
  readonly repository: string;
}

const IS_ELSEWHERE = /^(?:[a-z]+:|#)/;

/**
 * A page as it stands on the site: links to pages of the site lead there, images lie in one folder, and everything else
 * that is linked to is shown by the repository.
 *
 * @throws where a link leads to no file
 */
export function siteText(text: string, { source, path }: SitePage, destinations: Destinations): string {
  const { root, pages, repository } = destinations;
  return withLinks(text, (target, line) => {
    if (IS_ELSEWHERE.test(target)) return target;
    const [file = "", anchor] = target.split("#");
    const linked = posix.join(posix.dirname(source), file);
    const behind = anchor === undefined ? "" : `#${anchor}`;
    const page = pages.find(
      (each) => each.source === linked || each.source === `${linked.replace(/\/$/, "")}/README.md`,
    );
    if (page !== undefined) return `${relative(path, page.path)}.md${behind}`;
    if (!existsSync(join(root, linked))) throw new Error(`${source}:${line} links to ${target}, which is not there`);
    if (linked.startsWith("docs/images/")) return relative(path, linked.slice("docs/".length));
    const kind = statSync(join(root, linked)).isDirectory() ? "tree" : "blob";
    return `${repository}/${kind}/main/${linked.replace(/\/$/, "")}${behind}`;
  });
}

/** A path on the site as a page of the site writes it. */
function relative(from: string, to: string): string {
  return `./${posix.relative(posix.dirname(from), to)}`;
}
