/**
 * Every exit status of `pair`, with what it says. A script reads the number, so none ever changes its meaning; the help
 * and the docs print this table.
 */
export const EXIT_CODES = {
  well: { code: 0, meaning: "well, or done" },
  degraded: { code: 1, meaning: "the pair serves, but something is not as it must be" },
  usage: { code: 2, meaning: "wrong usage, or something that the command needs is not there; nothing was changed" },
  nobodyServes: { code: 3, meaning: "nobody serves" },
  unknown: { code: 4, meaning: "what was asked for could not be found out" },
  refused: { code: 5, meaning: "refused, since something is not as it must be; nothing was changed" },
  locked: { code: 6, meaning: "somebody else is changing the pair; nothing was changed" },
  stopped: { code: 7, meaning: "stopped half way, as said: run it again to go on" },
  interrupted: { code: 130, meaning: "interrupted: run it again to go on" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly meaning: string }>>;

/** What a command came to, by name: a key of {@link EXIT_CODES}. */
export type Outcome = keyof typeof EXIT_CODES;

/** The table as lines of text. */
export function exitCodeLines(): string[] {
  return Object.values(EXIT_CODES).map(({ code, meaning }) => `${String(code).padStart(5)}  ${meaning}`);
}
