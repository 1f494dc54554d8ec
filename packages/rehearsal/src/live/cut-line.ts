import { stripVTControlCharacters } from "node:util";
import cliTruncate from "cli-truncate";

/** A line that takes so many columns of a terminal at most: what is too long is cut, and says so by three dots. */
export function cutLine(text: string, columns: number): string {
  // What nodes say may hold anything; a tab or a line's end would take more room than is counted.
  const plain = stripVTControlCharacters(text).replace(/\p{Cc}+/gu, " ");
  return cliTruncate(plain, columns, { truncationCharacter: columns > 3 ? "..." : "" });
}
