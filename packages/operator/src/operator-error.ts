import { CloudError, CredentialsError } from "cloud-client";
import type { Outcome } from "./exit-codes.ts";

/**
 * Something that keeps a command from going on, in a sentence for the operator: what failed, where, and what to do. It
 * carries the outcome, which is the exit status.
 */
export class OperatorError extends Error {
  override readonly name = "OperatorError";

  /**
   * @param outcome what the command came to
   * @param message a sentence with the remedy, and without a secret
   */
  constructor(
    readonly outcome: Outcome,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The command line cannot be understood; the usage is printed below it. */
export class UsageError extends OperatorError {
  constructor(message: string) {
    super("usage", message);
  }
}

/** What an error says that a command came to; undefined: it is a fault of the command itself. */
export function outcomeOf(error: unknown): Outcome | undefined {
  if (error instanceof OperatorError) return error.outcome;
  if (error instanceof CredentialsError) return "usage";
  if (error instanceof CloudError) return error.refusesKey ? "usage" : "unknown";
  return undefined;
}
