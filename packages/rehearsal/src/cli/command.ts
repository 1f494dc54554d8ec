import { PrerequisitesError } from "../machine/prerequisites.ts";
import { CampaignFileError } from "../run/campaign-file.ts";
import { StackError } from "../stack/stack-error.ts";
import { ReportFileError } from "./reports.ts";

/** The command line cannot be understood; the message says how it should be. */
export class UsageError extends Error {}

/** A command of this package. */
export interface Command {
  /** How it is used, said where its options cannot be understood. */
  readonly usage: string;
  /** @returns the exit status. @throws UsageError, or what keeps it from going on */
  readonly run: (argv: readonly string[], interruption: AbortSignal) => Promise<number>;
}

/** The errors after which nothing was tried. */
const CANNOT_START = [UsageError, PrerequisitesError, CampaignFileError, ReportFileError, StackError];

/**
 * Runs a command with this process's arguments, and sets its exit status: what the command returns, or 1 something went
 * wrong, 2 it cannot start, 130 interrupted.
 */
export async function runCommand({ usage, run }: Command): Promise<void> {
  // What was started is ended, what was written is removed, and only then this process ends.
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());
  // Where a shell does not have it, as root's on Debian after `su`.
  process.env["PATH"] = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
  try {
    process.exitCode = await run(process.argv.slice(2), interruption.signal);
  } catch (error) {
    process.exitCode = interruption.signal.aborted ? 130 : explain(error as Error, usage);
  }
}

function explain(error: Error, usage: string): number {
  console.error(error instanceof UsageError ? `${error.message}\n${usage}` : error.message);
  return CANNOT_START.some((kind) => error instanceof kind) ? 2 : 1;
}
