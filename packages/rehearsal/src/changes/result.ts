import type { Mechanism } from "pairctl/contract";
import type { Via } from "../report/run-record.ts";

/** What became of a change. */
export interface ChangeResult {
  /** Its name. */
  readonly change: string;
  /** What was changed, for people. */
  readonly what: string;
  readonly mechanism: Mechanism;
  /** What `pair plan` said. */
  readonly plan: string;
  readonly commands: readonly string[];
  /** Whether it was refused before anything was touched. @default false */
  readonly isRefused?: boolean;
  /** What an operator does instead. @default - it is not refused */
  readonly instead?: string;
  /** The longest time in which the client got no answer, in ms, by the address that it asked. */
  readonly outages: Readonly<Partial<Record<Via, number>>>;
  /** What did not go as it must; empty where all did. */
  readonly problems: readonly string[];
  readonly seconds: number;
}

/** A result, and what it is one of. */
export interface RecordedResult extends ChangeResult {
  /** ISO 8601. */
  readonly date: string;
  /** The commit that was rehearsed. */
  readonly commit: string;
}

/** What is kept of the changes with a mechanism. */
export interface RecordedChanges {
  readonly mechanism: Mechanism;
  readonly results: readonly RecordedResult[];
}
