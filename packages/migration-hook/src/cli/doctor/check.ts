import type { Host } from "../../node/host.ts";
import type { Receipt } from "../receipt.ts";

/** What the checks look at. */
export interface Subject {
  readonly host: Host;
  /** What `pairctl status` finds, an address each. */
  readonly receipts: readonly Receipt[];
  /** keepalived's configuration; empty where there is none. */
  readonly conf: string;
  /** Where the peer is; undefined where the settings cannot be read. */
  readonly peerIp: string | undefined;
}

/** What is wrong; `undefined` where nothing is; `unknown` where that cannot be seen from here. */
export type Finding = string | undefined | { readonly unknown: string };

/** One thing that a takeover needs. */
export interface Check {
  /** What it means where it is wrong: no takeover without it, or worth a look. */
  readonly level: "fail" | "warn";
  /** What must be so. */
  readonly what: string;
  /** What to do where it is not so. */
  readonly remedy: string;
  /** Looks, and changes nothing. */
  look(subject: Subject): Finding;
}

/** Lets the shell look: its command succeeds where all is well, and otherwise says what is not. */
export function byShell({ host }: Subject, command: string): Finding {
  const { status, stdout } = host.shell(command);
  return status === 0 ? undefined : stdout.trim() || `status ${status}`;
}

/** Whether a version, the first numbers with dots in a text, is at least `least`, such as 10.19. */
export function isAtLeast(text: string, least: string): boolean {
  const [found = ""] = /\d+(\.\d+)+/.exec(text) ?? [];
  const numbers = found.split(".").map(Number);
  const wanted = least.split(".").map(Number);
  const index = wanted.findIndex((number, at) => numbers[at] !== number);
  return index < 0 || (numbers[index] ?? 0) > (wanted[index] as number);
}
