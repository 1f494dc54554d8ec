// The commands that a page shows, so that CI runs what people read.

/**
 * The shell blocks of a page's section, each as it stands there.
 *
 * @param page Markdown
 * @param heading the section's, without its number signs. @default - the whole page
 * @throws where there is no such section, or no block in it
 */
export function shellBlocks(page: string, heading?: string): string[] {
  const blocks: string[] = [];
  let section: string | undefined;
  let isFound = heading === undefined;
  // A heading, or a block of code: a comment of shell in it is no heading.
  for (const [, title, language, code = ""] of page.matchAll(/^#{1,6} (.+)$|^```(\w*)\n([^]*?)^```$/gm)) {
    if (title !== undefined) section = title;
    isFound ||= section === heading;
    const isWanted = heading === undefined || section === heading;
    if (title === undefined && isWanted && language === "sh") blocks.push(code);
  }
  if (!isFound) throw new Error(`the page has no section '${heading}'`);
  if (blocks.length === 0)
    throw new Error(`${heading === undefined ? "the page" : `the section '${heading}'`} has no block of shell`);
  return blocks;
}

/** The commands of a block: a line, with those that a backslash at its end makes part of it. */
export function commandsOf(block: string): string[] {
  return block
    .split(/(?<!\\)\n/)
    .map((command) => command.trim())
    .filter((command) => command !== "" && !command.startsWith("#"));
}
