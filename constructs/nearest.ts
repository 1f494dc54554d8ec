/**
 * What to do about a name that nobody knows: the nearest right one, if one is near; otherwise all of them. A name that
 * begins alike is nearer than any other.
 */
export function nearest(unknown: string, known: readonly string[]): string {
  const remoteness = (name: string) =>
    name.startsWith(unknown) || unknown.startsWith(name) ? 0 : distance(unknown.toLowerCase(), name.toLowerCase());
  const [first] = [...known].sort((a, b) => remoteness(a) - remoteness(b));
  return first !== undefined && remoteness(first) <= Math.max(2, first.length / 2)
    ? `did you mean '${first}'?`
    : `known names are ${known.join(", ")}`;
}

/** How many letters must be inserted, removed or replaced to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
