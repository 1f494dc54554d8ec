import type { Host } from "./host.ts";

/** The files that outlive a run, beside the one where the notify script writes down what keepalived has notified. */
const STATE = "/run/migration-hook.";

/** What a file says, or nothing. `wish` is what keepalived has notified last: `MASTER 2026-01-31T03:00:00,5`. */
export function recall(host: Host, name: string): string {
  return host.readFile(STATE + name) || "";
}

/**
 * Writes down what a later run can do without: a full disk or a read-only /run must not stop a move.
 *
 * @returns why that failed, if it did
 */
export function note(host: Host, name: string, text: string, mode?: number): string | undefined {
  return attempt(() => host.writeFile(STATE + name, text, mode));
}

/** Tries what may fail; returns why it did, if it did. */
export function attempt(act: () => void): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}
