import { createInterface } from "node:readline/promises";

/** Nobody can be asked. */
export class NobodyToAskError extends Error {}

/** Where a question is asked. */
export interface Dialogue {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person to agree.
 *
 * @returns whether the answer is yes
 * @throws NobodyToAskError where standard input is no terminal
 */
export async function agrees(
  question: string,
  { input, output }: Dialogue,
  interruption: AbortSignal,
): Promise<boolean> {
  if (!input.isTTY) {
    throw new NobodyToAskError("standard input is no terminal, so nobody can be asked: give --yes to go on without");
  }
  const lines = createInterface({ input, output });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: interruption });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
