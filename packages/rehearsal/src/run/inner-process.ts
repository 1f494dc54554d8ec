import { writeSync } from "node:fs";

/** The file descriptor that messages go to. */
const MESSAGES = 3;

/** Why the work has ended before its time. */
interface Failure {
  readonly kind: "failed";
  readonly cause: string;
}

/**
 * Does the work of the inner process of a lab: process 1 of its own namespaces. What it is told comes as JSON in its argument;
 * what it tells goes as JSON lines to file descriptor 3, at last why it has failed, also where nobody waits for what went
 * wrong. The process ends with the work.
 *
 * @param work given what it was told, and how to tell
 */
export function runInnerProcess<Spec, Message extends { readonly kind: string }>(
  work: (spec: Spec, tell: (message: Message) => void) => Promise<void>,
): void {
  const tell = (message: Message | Failure) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);
  const fail = (error: Error): never => {
    tell({ kind: "failed", cause: error.message });
    process.exit(1);
  };
  // Process 1 of a namespace has no default actions for signals.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  process.on("uncaughtException", fail);
  work(JSON.parse(process.argv[2] ?? "{}") as Spec, tell).then(() => process.exit(0), fail);
}
