import { distance } from "fastest-levenshtein";

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
