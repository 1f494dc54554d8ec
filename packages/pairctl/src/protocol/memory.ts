import { note, recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { type AddressMemory, NO_ADDRESS_MEMORY, NO_NODE_MEMORY, type NodeMemory } from "./decision/index.ts";

/** havip: what a MASTER has seen of an address that the fabric moves. */
export interface Contest {
  readonly promotion?: string | undefined;
  /** When the fabric last moved the address, in the cloud's words, at the last look that saw it here. */
  readonly flushedTime: string;
  /** When the fabric was last seen to have moved it away from this MASTER, by the host's clock. */
  readonly contestedAt?: number | undefined;
}

/**
 * What the node remembers, in one file: a one-shot pass goes on from where the agent or the last pass was, and so does an
 * agent that is started again. All of it may be lost or stale: it decides when something is done, never who has an address.
 */
export interface Memory {
  readonly node: NodeMemory;
  /** By address. */
  readonly addresses: Readonly<Record<string, AddressMemory>>;
  /** By address. */
  readonly contests: Readonly<Record<string, Contest | undefined>>;
}

/** What is remembered; nothing where that cannot be read. */
export function recallMemory(host: Host): Memory {
  const nothing: Memory = { node: NO_NODE_MEMORY, addresses: {}, contests: {} };
  try {
    return { ...nothing, ...(JSON.parse(recall(host, "memory")) as Memory) };
  } catch {
    return nothing;
  }
}

/** What is remembered of an address. */
export function memoryOf({ addresses }: Memory, vip: string): AddressMemory {
  return { ...NO_ADDRESS_MEMORY, ...addresses[vip] };
}

/** @returns why it could not be written, if so */
export function noteMemory(host: Host, memory: Memory): string | undefined {
  return note(host, "memory", JSON.stringify(memory));
}
