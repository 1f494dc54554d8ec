import type { Settings } from "../../contract/index.ts";
import type { Host } from "../../node/host.ts";
import type { Receipt } from "../../passes/receipt.ts";

/** What the checks look at. */
export interface Subject {
  readonly host: Host;
  /** What `pairctl status` finds, an address each; where the settings cannot be read, one that says so. */
  readonly receipts: readonly Receipt[];
  /** The first of them. */
  readonly first: Receipt;
  /** Undefined where they cannot be read. */
  readonly settings: Pick<Settings, "peerIp"> | undefined;
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

/** The exit status with which a command says that it cannot tell; systemctl and keepalived have smaller ones. */
const CANNOT_TELL = 75;

/** Lets the shell look: its command succeeds where all is well, and otherwise says what is not. */
export function byShell({ host }: Subject, command: string): Finding {
  const { status, stdout } = host.shell(command);
  if (status === 0) return undefined;
  const found = stdout.trim() || `status ${status}`;
  return status === CANNOT_TELL ? { unknown: found } : found;
}
