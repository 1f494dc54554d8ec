import { note, recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";

/** There is nothing to remember. */
interface Nothing {
  readonly role: "none";
}

/** secondary-private-ip: the address has been here since this node became MASTER. */
export interface MasterMemory {
  readonly role: "master";
  /** The notification whose promotion is fulfilled by that, if there was one. */
  readonly promotion?: string | undefined;
  /** Since when this node leaves the address to a stronger MASTER, by the host's clock. */
  readonly leftSince?: number | undefined;
  /** How often it has taken the address back from a stronger MASTER since this promotion. */
  readonly retakes: number;
}

/** secondary-private-ip: this node is not MASTER. */
export interface BackupMemory {
  readonly role: "backup";
  /** Since when it has had the address as BACKUP, by the host's clock. */
  readonly holdingSince?: number | undefined;
  /** How often it has handed the address over since it had it as MASTER. */
  readonly handOvers: number;
}

/** havip: the fabric has had the address here since this node became MASTER. */
export interface HaVipMemory {
  readonly role: "ha-vip master";
  readonly promotion?: string | undefined;
  /** The cloud's `FlushedTime` at the last observation of the address here: when the fabric last moved it. */
  readonly flushedTime: string;
  /** When the fabric was last seen to have moved it away from this MASTER, by the host's clock. */
  readonly contestedAt?: number | undefined;
}

/**
 * What the node remembers of one address from run to run. All of it may be lost or stale: it decides when
 * something is done, never who has the address.
 */
export type Memory = Nothing | MasterMemory | BackupMemory | HaVipMemory;

/** The memory of a node that has none. */
export const NOTHING: Memory = { role: "none" };

const ROLES: readonly string[] = ["none", "master", "backup", "ha-vip master"];

/** What is remembered of an address; nothing where that cannot be read. */
export function recallMemory(host: Host, vip: string): Memory {
  try {
    const memory = JSON.parse(recall(host, vip)) as Memory;
    return ROLES.includes(memory.role) ? memory : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** @returns why it could not be written, if so */
export function noteMemory(host: Host, vip: string, memory: Memory): string | undefined {
  return note(host, vip, JSON.stringify(memory));
}
