// The pages that a package carries, with links that lead somewhere from there.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { type Flavour, SOURCE_NAME } from "./flavours";
import { COPIED_AS_THEY_ARE } from "./library";
import { withSpecifiers } from "./specifiers";

/** Pages of the repository that lie in a package under the same path. */
export const PAGES = [
  "CHANGELOG.md",
  "docs/operations.md",
  "docs/glossary.md",
  "docs/mechanisms.md",
  "docs/monitoring.md",
  "docs/node-command.md",
  "docs/node-settings.md",
  "docs/pair.md",
  "docs/resources.md",
  "docs/security.md",
  "docs/sub-second-adverts.md",
  "docs/troubleshooting.md",
];

/** The program that README.md shows. CI synthesizes and tests it, with the packed packages. */
const EXAMPLE = "examples/existing-subnet/main.ts";

/** Where a page comes from, and what its links to other files of the repository become. */
export interface Repository {
  /** The checkout. */
  readonly root: string;
  /** The page of the repository, such as `https://github.com/owner/name`. */
  readonly url: string;
  /** What the packages are made from, such as `v1.2.0`. */
  readonly tag: string;
}

/** A page of the repository as it stands in a package. */
export function packedPage(repository: Repository, page: string, flavour: Flavour): string {
  const text = readFileSync(join(repository.root, page), "utf8").replaceAll(SOURCE_NAME, flavour.name);
  return withLinks(text, (target) => packedLink(repository, page, target));
}

/** The package's README.md: tools/package/README.md with its names filled in. */
export function packedReadme(repository: Repository, flavour: Flavour, other: Flavour): string {
  const example = readFileSync(join(repository.root, EXAMPLE), "utf8");
  const values: Readonly<Record<string, string>> = {
    package: flavour.name,
    core: flavour.core,
    range: flavour.range.split(" ")[0] ?? "",
    "other-package": other.name,
    "other-core": other.core,
    example: exampleFor(example, flavour).trimEnd(),
    repository: repository.url,
  };
  const text = readFileSync(join(repository.root, "tools/package/README.md"), "utf8");
  const filled = text.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`tools/package/README.md: there is no value for {{${name}}}`);
    return value;
  });
  return withLinks(filled, (target) => packedLink(repository, "README.md", target));
}

/** An example of the repository as a user of a package writes it. */
export function exampleFor(text: string, { core, name }: Flavour): string {
  return withSpecifiers(text, (specifier) =>
    specifier === "cdktf" ? core : specifier.replace(SOURCE_NAME, name),
  ).replace(/^\/\/.*\n/, "");
}

/** Applies a function to each target of a link that is neither an address nor a place on the same page. */
function withLinks(text: string, change: (target: string) => string): string {
  return text.replace(
    /(\]\()(?!https?:|mailto:|#)([^)\s]+)(\))/g,
    (_, before: string, target: string, after: string) => `${before}${change(target)}${after}`,
  );
}

function packedLink({ root, url, tag }: Repository, page: string, target: string): string {
  const [path = "", anchor] = target.split("#");
  const file = posix.join(posix.dirname(page), path);
  const isPacked = PAGES.includes(file) || file === "LICENSE" || COPIED_AS_THEY_ARE.includes(file.split("/")[0] ?? "");
  if (isPacked) return target;
  if (!existsSync(join(root, file))) throw new Error(`${page} links to ${target}, which is not there`);
  const kind = statSync(join(root, file)).isDirectory() ? "tree" : "blob";
  return `${url}/${kind}/${tag}/${file.replace(/\/$/, "")}${anchor === undefined ? "" : `#${anchor}`}`;
}
