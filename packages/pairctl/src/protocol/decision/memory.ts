/**
 * What a node remembers of itself from decision to decision. All of it may be lost: it decides when something is done,
 * never who has an address.
 */
export interface NodeMemory {
  /** Until when keepalived is held in FAULT: what the tracked script reads, so that it ends without anybody's doing. */
  readonly yieldUntil?: number | undefined;
  /** Since when this BACKUP knows of no MASTER, or keepalived has lost its interface. */
  readonly masterlessSince?: number | undefined;
  /** How often keepalived was restarted since a MASTER was last known of. */
  readonly restarts: number;
}

/** What a node remembers of one address. */
export interface AddressMemory {
  /** The promotion that the attempts belong to. */
  readonly promotion?: string | undefined;
  /** How often it has tried to take the address since then; 1 at least once it had it. Not counted beyond the longest wait. */
  readonly attempts: number;
  /** When it last tried, or last had it. */
  readonly triedAt: number;
  /** Since when the peer, which seems to be MASTER but says nothing, lacks the address or its EIP, and this node could help. */
  readonly waitingSince?: number | undefined;
  /** How often it has helped without a word since it was MASTER. Not counted beyond the longest wait. */
  readonly helps: number;
}

export const NO_NODE_MEMORY: NodeMemory = { restarts: 0 };

export const NO_ADDRESS_MEMORY: AddressMemory = { attempts: 0, triedAt: 0, helps: 0 };
