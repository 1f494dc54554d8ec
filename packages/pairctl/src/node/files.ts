import { NODE_PATHS } from "../contract/index.ts";
import type { Host } from "./host.ts";

/**
 * What a file of ours below /run says, or nothing. `notification` is what keepalived has notified last, written by the notify
 * script; the others are pairctl's own.
 */
export function recall(host: Host, name: string): string {
  return host.readFile(NODE_PATHS.statePrefix + name) || "";
}

/**
 * Writes down what a later run can do without: a full disk or a read-only /run must not stop a move.
 *
 * @returns why that failed, if it did
 */
export function note(host: Host, name: string, text: string, mode?: number): string | undefined {
  return attempt(() => host.writeFile(NODE_PATHS.statePrefix + name, text, mode));
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
