/** What a command said, and its exit status. */
export interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process. */
export async function said(command: (terminal: Pick<Console, "log" | "error">) => Promise<number>): Promise<Said> {
  const out: string[] = [];
  const errors: string[] = [];
  const status = await command({ log: (line: string) => out.push(line), error: (line: string) => errors.push(line) });
  return { status, stdout: out.join("\n"), stderr: errors.join("\n") };
}
