/** What a node remembers of itself from decision to decision. It may be lost, like {@link AddressMemory}. */
export interface NodeMemory {
  /** Until when keepalived is held in FAULT. The tracked script reads it, so that it ends by itself. */
  readonly yieldUntil?: number | undefined;
  /** Since when this BACKUP knows of no MASTER, or keepalived has lost its interface. */
  readonly masterlessSince?: number | undefined;
  /** How often keepalived was restarted since a MASTER was last known. */
  readonly restarts: number;
}

/** What a node remembers of one address. It may be lost: it decides when something is done, never who has an address. */
export interface AddressMemory {
  /** The promotion that the attempts belong to. */
  readonly promotion?: string | undefined;
  /** How often it has tried to take the address since then; 1 at least once it had it. Not counted beyond the longest wait. */
  readonly attempts: number;
  /** When it last tried, or last had it. */
  readonly triedAt: number;
  /** Since when the peer, which seems to be MASTER but says nothing, needs this node's help with the address or its EIP. */
  readonly waitingSince?: number | undefined;
  /** How often it has helped a silent peer since it was MASTER, as BACKUP or in FAULT. Not counted beyond the longest wait. */
  readonly helps: number;
}

/** Of a node that has just started. */
export const NO_NODE_MEMORY: NodeMemory = { restarts: 0 };

/** Of an address that was not seen yet. */
export const NO_ADDRESS_MEMORY: AddressMemory = { attempts: 0, triedAt: 0, helps: 0 };
