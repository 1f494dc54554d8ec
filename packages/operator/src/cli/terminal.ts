/** Where a command says what it has to say: results go to the standard output, all else to the standard error. */
export interface Terminal {
  /** A line of the result. */
  readonly log: (line: string) => void;
  /** A line that is not the result: a problem. */
  readonly error: (line: string) => void;
  /** What goes on, where it takes longer than a second. */
  readonly progress: (line: string) => void;
}

/** The terminal of this process. Progress goes to the standard error, so that a result can be piped. */
export function processTerminal(): Terminal {
  return {
    log: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    progress: (line) => void process.stderr.write(`… ${line}\n`),
  };
}
