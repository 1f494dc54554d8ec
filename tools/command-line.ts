/** A command line that cannot be used; the message says why. */
export class UsageError extends Error {}

/**
 * What a parser of arguments makes of them.
 *
 * @throws UsageError where the parser throws
 */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Runs a command, or shows how it is used.
 *
 * @param parse reads the command line
 * @param run does what it asks for
 * @returns the exit status: 2 where the command line cannot be used
 */
export async function runWithUsage<T extends { readonly help: boolean }>(
  usage: string,
  parse: () => T,
  run: (options: T) => Promise<number>,
): Promise<number> {
  try {
    const options = parse();
    if (!options.help) return await run(options);
    console.log(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n${usage}`);
    return 2;
  }
}
