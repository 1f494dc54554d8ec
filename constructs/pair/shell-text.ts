// What can be said of a shell script without a shell. Where that is not certain, nothing is said.

/** A quote that nothing closes. */
export interface OpenQuote {
  readonly quote: "'" | '"';
  /** Where it stands in the text. */
  readonly index: number;
}

/** Whether a script does anything: it has more than blanks and comments. */
export function hasCommand(script: string): boolean {
  return /^[ \t]*[^\s#]/m.test(script);
}

/** What cannot be read without the shell's grammar: here-documents, expansions with words in them, arithmetic. */
const BEYOND = /<<|`|\$'|\$\{(?!\w+\})|\(\(|[)<>]#/y;
const ESCAPED = /\\[^]/y;
const COMMENT = /#.*/y;
const SINGLE_QUOTED = /'[^']*'/y;
const IN_DOUBLE_QUOTES = String.raw`(?:[^"\\$${"`"}]|\\[^]|\$\{\w+\}|\$(?![{(]))*`;
const DOUBLE_QUOTED = new RegExp(`"${IN_DOUBLE_QUOTES}"`, "y");
const DOUBLE_UNCLOSED = new RegExp(`"${IN_DOUBLE_QUOTES}\\\\?$`, "y");

/** A shell reads on only while it runs: it never comes to a quote behind one of these words. */
const ENDS = /\b(?:exit|exec|return)\b/;

/**
 * The quote that a script opens and never closes, which no shell can read.
 *
 * @returns undefined where there is none, or where it takes a shell to know (POSIX, Shell Command Language, 2.2 and 2.3)
 */
export function openQuote(script: string): OpenQuote | undefined {
  let index = 0;
  let isAtWord = true;
  /** Goes on behind a part of the script that begins here, if there is one. */
  const skip = (part: RegExp): boolean => {
    part.lastIndex = index;
    if (!part.test(script)) return false;
    index = part.lastIndex;
    return true;
  };
  while (index < script.length) {
    if (skip(BEYOND)) return undefined;
    const start = index;
    if (skip(ESCAPED)) {
      // A line that goes on in the next one: the word goes on as well.
      if (script[start + 1] !== "\n") isAtWord = false;
    } else if (skip(SINGLE_QUOTED) || skip(DOUBLE_QUOTED)) {
      isAtWord = false;
    } else if (script[index] === "'" || script[index] === '"') {
      const quote = script[index] as OpenQuote["quote"];
      const isCertain = (quote === "'" || skip(DOUBLE_UNCLOSED)) && !ENDS.test(script.slice(0, start));
      return isCertain ? { quote, index: start } : undefined;
    } else if (!isAtWord || !skip(COMMENT)) {
      isAtWord = /[\s;&|(]/.test(script[index] ?? "");
      index += 1;
    }
  }
  return undefined;
}
