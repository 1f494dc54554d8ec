import { CredentialsError } from "cloud-client";
import { NobodyToAskError } from "./ask.ts";
import { parseAcceptanceOptions, USAGE, UsageError } from "./options.ts";
import { accept } from "./run.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The exit status of a run that a signal has ended. */
const INTERRUPTED = 130;

/**
 * Runs the command line.
 *
 * @param args the command line, without the program
 * @returns the exit status
 */
export async function acceptance(args: string[], { log, error }: Pick<Console, "log" | "error">): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error("interrupted"));
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    const options = parseAcceptanceOptions(args);
    if (options === undefined) {
      log(USAGE);
      return 0;
    }
    const dialogue = { input: process.stdin, output: process.stdout };
    const accepted = await accept(options, {
      ...{ env: process.env, dialogue, say: log },
      interruption: interruption.signal,
    });
    if (accepted === undefined) log("Nothing was made.");
    return accepted === false ? 1 : 0;
  } catch (problem) {
    if (interruption.signal.aborted) return INTERRUPTED;
    error(problem instanceof UsageError ? `${problem.message}\n${USAGE}` : (problem as Error).message);
    return [UsageError, NobodyToAskError, CredentialsError].some((kind) => problem instanceof kind) ? 2 : 1;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
