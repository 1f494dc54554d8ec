// Whether what the built site links to is there: pages, their anchors, images, scripts; and addresses elsewhere, by form.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative } from "node:path";

const ATTRIBUTE = /\s(?:href|src)="([^"]*)"/g;
const ID = /\s(?:id|name)="([^"]*)"/g;

/** What is wrong with the links of the site in a folder, one line each. */
export function checkLinks(folder: string, base = process.env["DOCS_BASE"] ?? "/"): string[] {
  const pages = filesIn(folder).filter((file) => file.endsWith(".html"));
  const html = new Map(pages.map((page) => [page, readFileSync(join(folder, page), "utf8")]));
  const anchors = new Map([...html].map(([page, text]) => [page, new Set(valuesOf(text, ID))]));
  return [...html].flatMap(([page, text]) =>
    [...new Set(valuesOf(text, ATTRIBUTE))].flatMap((target) => {
      const problem = problemOf(page, target);
      return problem === undefined ? [] : [`${page}: ${target} ${problem}`];
    }),
  );

  function problemOf(page: string, target: string): string | undefined {
    if (/^(?:[a-z]+:|\/\/)/.test(target)) return problemOfAddress(target);
    const [path = "", anchor] = target.split("#");
    const absolute = path.startsWith("/");
    if (absolute && !path.startsWith(base)) return `is outside of ${base}`;
    const place = absolute ? path.slice(base.length) : posix.join(posix.dirname(page), path);
    const file = path === "" ? page : fileOf(place);
    if (file === undefined) return "is not there";
    if (anchor === undefined || anchor === "") return undefined;
    return anchors.get(file)?.has(decodeURIComponent(anchor)) ? undefined : "has no such anchor";
  }

  function fileOf(place: string): string | undefined {
    const decoded = decodeURIComponent(place);
    const candidates = [decoded, posix.join(decoded, "index.html"), `${decoded}.html`];
    return candidates.find((each) => existsSync(join(folder, each)) && statSync(join(folder, each)).isFile());
  }
}

/** Addresses elsewhere are not called: a check must not depend on who answers. */
function problemOfAddress(target: string): string | undefined {
  if (target.startsWith("data:") || /^mailto:\S+@\S+$/.test(target)) return undefined;
  if (!URL.canParse(target)) return "is no address";
  const { protocol, hostname } = new URL(target);
  if (protocol !== "https:") return "must begin with https:";
  return hostname.includes(".") ? undefined : "names no host";
}

const valuesOf = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, value = ""]) => value.replaceAll("&amp;", "&"));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
