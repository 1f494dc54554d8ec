/** What a shrinker works with. */
export interface ShrinkOptions<T> {
  /** Whether a part of the sequence still fails in the same way. */
  readonly fails: (part: readonly T[]) => Promise<boolean>;
  /** How many parts may be tried. */
  readonly tries: number;
}

/** What shrinking has come to. */
export interface Shrunk<T> {
  /** The shortest part that was seen to fail. */
  readonly sequence: readonly T[];
  /** How many parts were tried. */
  readonly tried: number;
  /** Whether nothing can be left out of it any more; otherwise the tries were used up. */
  readonly isMinimal: boolean;
}

/**
 * Shrinks a sequence that fails to a short one that still does, in the order that it has, by delta debugging: first large
 * parts are left out, then smaller ones, at last single elements (Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002: the minimizing algorithm, complements only). The whole is not tried again.
 */
export async function shrink<T>(whole: readonly T[], { fails, tries }: ShrinkOptions<T>): Promise<Shrunk<T>> {
  let sequence = whole;
  let tried = 0;
  for (let parts = Math.min(2, sequence.length); sequence.length > 1;) {
    let shorter: readonly T[] | undefined;
    for (let part = 0; part < parts && shorter === undefined; part += 1) {
      if (tried >= tries) return { sequence, tried, isMinimal: false };
      tried += 1;
      const candidate = without(sequence, part, parts);
      if (await fails(candidate)) shorter = candidate;
    }
    if (shorter !== undefined) {
      sequence = shorter;
      parts = Math.min(Math.max(parts - 1, 2), sequence.length);
    } else if (parts < sequence.length) parts = Math.min(2 * parts, sequence.length);
    else break;
  }
  return { sequence, tried, isMinimal: true };
}

/** A sequence without one of so many parts of it, which are as long as each other, as far as possible. */
function without<T>(sequence: readonly T[], part: number, parts: number): readonly T[] {
  const at = (index: number) => Math.floor((index * sequence.length) / parts);
  return [...sequence.slice(0, at(part)), ...sequence.slice(at(part + 1))];
}
