// What the diagrams of the docs are drawn with: boxes, arrows and texts, readable on light and on dark pages.

/** What a colour says. `good`: it serves. `ready`: it could. `bad`: it does neither. `quiet`: it is around the rest. */
export type Tone = "plain" | "good" | "ready" | "bad" | "quiet";

export type Point = readonly [x: number, y: number];

const LIGHT = "--back:#fff;--plain:#57606a;--text:#1f2328;--good:#1a7f37;--ready:#0969da;--bad:#cf222e;--quiet:#8c959f";
const DARK =
  "--back:#0d1117;--plain:#8b949e;--text:#e6edf3;--good:#3fb950;--ready:#58a6ff;--bad:#f85149;--quiet:#6e7681";
const TONES: readonly Tone[] = ["plain", "good", "ready", "bad", "quiet"];

const STYLE = [
  `:root{${LIGHT}}`,
  `@media (prefers-color-scheme:dark){:root{${DARK}}}`,
  "text{font:15px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:var(--text)}",
  ".title{font-weight:600}.small{font-size:14px}",
  "path,rect,circle{fill:none;stroke-width:1.5}.back{fill:var(--back)}.dashed{stroke-dasharray:5 4}",
  ...TONES.map((tone) => `.${tone}{stroke:var(--${tone})}.head-${tone}{fill:var(--${tone});stroke:none}`),
].join("\n");

/** How wide a character is at most on average, in pixels: what is longer than its box is refused. */
const CHARACTER = 7.9;
const LINE = 20;

/** A whole drawing, with a title and a description for those who do not see it. */
export function drawing(size: Point, title: string, description: string, parts: readonly string[]): string {
  const [width, height] = size;
  const markers = TONES.map(
    (tone) =>
      `<marker id="${tone}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head-${tone}" d="M0 0 10 5 0 10z"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<defs>${markers.join("")}</defs>`,
    `<rect class="back" width="${width}" height="${height}" rx="8"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

/** A box with a title and lines below it. @throws where a line is too long for it */
export function box(
  [x, y]: Point,
  [width, height]: Point,
  title: string,
  lines: readonly string[] = [],
  { tone = "plain", dashed = false }: { readonly tone?: Tone; readonly dashed?: boolean } = {},
): string {
  for (const line of [title, ...lines]) {
    if (line.length * CHARACTER > width - 12) throw new Error(`"${line}" is too long for a box of ${width} pixels`);
  }
  if ((lines.length + 1) * LINE + 8 > height) throw new Error(`"${title}" has too many lines for ${height} pixels`);
  const first = y + (height - (lines.length + 1) * LINE) / 2 + 14;
  return [
    `<rect class="back ${tone}${dashed ? " dashed" : ""}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    text([x + width / 2, first], title, { bold: true }),
    ...lines.map((line, index) => text([x + width / 2, first + (index + 1) * LINE], line)),
  ].join("\n");
}

/** A frame around other things, with its title in its upper left corner. */
export function frame([x, y]: Point, [width, height]: Point, title: string): string {
  return [
    `<rect class="quiet dashed" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`,
    text([x + 12, y + 20], title, { anchor: "start", small: true }),
  ].join("\n");
}

/** A line through points, with a head at its end, and at its start too where it goes both ways. */
export function arrow(
  points: readonly Point[],
  { tone = "plain", dashed = false, both = false }: { tone?: Tone; dashed?: boolean; both?: boolean } = {},
): string {
  const path = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  const start = both ? ` marker-start="url(#${tone})"` : "";
  return `<path class="${tone}${dashed ? " dashed" : ""}" d="${path}" marker-end="url(#${tone})"${start}/>`;
}

/** A line without a head. */
export function line(from: Point, to: Point, tone: Tone = "quiet", dashed = false): string {
  return `<path class="${tone}${dashed ? " dashed" : ""}" d="M${from[0]} ${from[1]} L${to[0]} ${to[1]}"/>`;
}

export function text(
  [x, y]: Point,
  words: string,
  {
    anchor = "middle",
    bold = false,
    small = false,
  }: { readonly anchor?: "start" | "middle" | "end"; readonly bold?: boolean; readonly small?: boolean } = {},
): string {
  const styles = [bold ? "title" : "", small ? "small" : ""].filter((style) => style !== "").join(" ");
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${styles === "" ? "" : ` class="${styles}"`}>${escaped(words)}</text>`;
}

const escaped = (words: string): string => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
