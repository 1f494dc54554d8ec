import type { AddressMemory } from "./decision/index.ts";

/** HAVIP: what a MASTER has seen of the fabric's moves. */
export interface Contest {
  readonly promotion: string | undefined;
  /** When the fabric last moved the address, in the cloud's words, at the last look that saw it here. */
  readonly flushedTime: string;
  /** When the fabric was last seen to have moved it away from this MASTER, by the host's clock. */
  readonly contestedAt?: number | undefined;
}

/**
 * What the agent remembers from run to run until it ends. All of it may be lost: it decides when something is done, never
 * who has an address.
 */
export interface Memory {
  readonly addresses: Map<string, AddressMemory>;
  readonly contests: Map<string, Contest | undefined>;
  /** keepalived's notification that the last run for an address has seen. */
  readonly notifications: Map<string, string>;
}

/** The memory of an agent that has just started, and of a single run. */
export function noMemory(): Memory {
  return { addresses: new Map(), contests: new Map(), notifications: new Map() };
}
