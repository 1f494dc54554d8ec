import type { Agreement, VrrpState } from "pairctl/contract";

/** A change of state that keepalived told its notify script. */
export interface StateChange {
  /** ms since the epoch. */
  readonly at: number;
  /** MASTER, BACKUP, FAULT, STOP or MASTER_RX_LOWER_PRI. */
  readonly state: string;
}

/** What a rehearsal reads of pairctl's line of JSON. */
export interface Receipt {
  /** When the run began, ISO 8601. */
  readonly time: string;
  readonly trigger: string;
  /** The address that it is about. */
  readonly vip?: string;
  /** What keepalived is on the node; absent where the run did not come to look. */
  readonly vrrp?: VrrpState;
  readonly verdict: string;
  /** Who has the address in the eyes of the cloud, at the run's end. */
  readonly holderAfter?: string;
  readonly agree: Agreement;
  readonly message?: string;
  readonly ms: number;
}

/** Reads the notify script's log: a time as `date -Ins` writes it and a state in each line. */
export function parseStateChanges(log: string): StateChange[] {
  return [...log.matchAll(/^(\S+),(\d{3})\d*([+-]\d\d:\d\d) (\w+)$/gm)].map(([, seconds, ms, zone, state]) => {
    return { at: Date.parse(`${seconds}.${ms}${zone}`), state: state ?? "" };
  });
}

/** Reads the receipts of pairctl's log; what is no whole line of JSON, such as after a full disk, is left out. */
export function parseReceipts(log: string): Receipt[] {
  return log.split("\n").flatMap((line) => {
    try {
      return line.startsWith("{") ? [JSON.parse(line) as Receipt] : [];
    } catch {
      return [];
    }
  });
}
