// What the checks and the site read of a page in Markdown: its links, its headings, its fenced blocks.
import { githubSlug } from "./github-slug.mjs";

/** A block between ``` and ```. */
export interface Fence {
  /** The word behind the opening ```; empty where there is none. */
  readonly language: string;
  /** What stands behind that word. */
  readonly info: string;
  readonly text: string;
  /** The line of the opening ```, from 1. */
  readonly line: number;
}

/** A link or an image. */
export interface Link {
  readonly target: string;
  /** From 1. */
  readonly line: number;
}

const FENCE = /^( *)(`{3,}|~{3,})\s*([^\s`]*)\s*([^`]*)$/;
/** Its text may begin on the line before. */
const LINK = /(\]\()([^)\s]+)((?:\s+"[^"]*")?\))/g;

/** The fenced blocks of a page, in order. @throws where one does not end */
export function fencesOf(text: string): Fence[] {
  const { fences } = split(text);
  return fences;
}

/** The links and images of a page outside of its code. */
export function linksOf(text: string): Link[] {
  return split(text).prose.flatMap(({ line, text: prose }) =>
    [...withoutCode(prose).matchAll(LINK)].map(([, , target = ""]) => ({ target, line })),
  );
}

/** What a page says outside of its code. */
export function proseOf(text: string): string {
  return split(text)
    .prose.map(({ text: prose }) => withoutCode(prose))
    .join("\n");
}

/** The same page with other targets of its links and images; what stands in code stays. */
export function withLinks(text: string, change: (target: string, line: number) => string): string {
  const lines = text.split("\n");
  for (const { line } of split(text).prose) {
    const whole = lines[line - 1] ?? "";
    // Code in the line is put aside under marks that no page has.
    const code: string[] = [];
    const marked = whole.replace(CODE, (match) => `\0${code.push(match) - 1}\0`);
    const changed = marked.replace(
      LINK,
      (_, before: string, target: string, after: string) => `${before}${change(target, line)}${after}`,
    );
    lines[line - 1] = changed.replace(/\0(\d+)\0/g, (_, index: string) => code[Number(index)] ?? "");
  }
  return lines.join("\n");
}

/** The anchors of a page's headings as GitHub makes them: a heading that comes again gets a number. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return headingsOf(text).map((heading) => {
    const slug = githubSlug(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** The headings of a page as plain text. */
export function headingsOf(text: string): string[] {
  return split(text).prose.flatMap(({ text: line }) => {
    const [, heading] = /^#{1,6} +(.+?) *#*$/.exec(line) ?? [];
    return heading === undefined ? [] : [heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "")];
  });
}

const CODE = /(`+)(?!`).*?[^`]\1(?!`)/g;
const withoutCode = (line: string): string => line.replace(CODE, (code) => " ".repeat(code.length));

interface Parts {
  readonly fences: Fence[];
  /** The lines outside of fenced blocks. */
  readonly prose: { readonly line: number; readonly text: string }[];
}

function split(page: string): Parts {
  const fences: Fence[] = [];
  const prose: Parts["prose"] = [];
  let open: { readonly mark: string; readonly indent: number; readonly at: Omit<Fence, "text"> } | undefined;
  let block: string[] = [];
  page.split("\n").forEach((text, index) => {
    const line = index + 1;
    const [, indent = "", mark = "", language = "", info = ""] = FENCE.exec(text) ?? [];
    if (open === undefined) {
      if (mark === "") prose.push({ line, text });
      else open = { mark, indent: indent.length, at: { language, info: info.trim(), line } };
    } else if (mark.startsWith(open.mark) && language === "") {
      fences.push({ ...open.at, text: block.join("\n") });
      open = undefined;
      block = [];
    } else block.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)));
  });
  if (open !== undefined) throw new Error(`line ${open.at.line}: the block that begins here does not end`);
  return { fences, prose };
}
