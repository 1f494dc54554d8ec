import type { Mechanism, VrrpState } from "../../contract/index.ts";
import type { AddressMemory, NodeMemory } from "./memory.ts";

// All times are in ms by the node's monotonic clock, which no change of the time of day moves.

/**
 * Who has the address, as the cloud reports it: this node (`mine`), its `peer`, the peer's interface while that is on no
 * instance (`gone`), the parking interface (`parked`), no interface (`none`), or one that is not the pair's (`foreign`).
 * `moving`: a task of the cloud is visible. `unknown`: the cloud did not answer.
 */
export type Holder = "mine" | "peer" | "gone" | "parked" | "none" | "foreign" | "moving" | "unknown";

/**
 * What the peer said of itself last, in an answer or in a question of its own: evidence, never a command. Its silence proves
 * nothing.
 */
export interface PeerWord {
  readonly state: VrrpState;
  /** For how long, in ms, it had been in that state. */
  readonly forMs: number;
  /**
   * A moment at which the peer had not said it yet, by this node's clock: when this node sent the question that the word
   * answers or, where it came in a question, when this node last answered the peer.
   */
  readonly askedAt: number;
}

/** What a node knows of itself and its peer, as far as decisions about its addresses need it. */
export interface VrrpFacts {
  readonly now: number;
  /** keepalived's state on this node: observed now, not taken from a notification. */
  readonly vrrp: VrrpState;
  /** Since when, as far as it has seen. */
  readonly since: number;
  /** What distinguishes this promotion from the one before: keepalived's last notification, if that is MASTER. */
  readonly promotion: string | undefined;
  /** Whether this node has the higher priority: where both are MASTER and hear each other, it stays MASTER. */
  readonly isStronger: boolean;
  /** The last word of the peer, if there was one. */
  readonly word: PeerWord | undefined;
  /** Adverts of the peer on the wire; undefined where nothing on this node listens for them while keepalived is in FAULT. */
  readonly adverts: { readonly heardAt: number | undefined } | undefined;
}

/** All that a node knows of itself and its peer. */
export interface NodeFacts extends VrrpFacts {
  /** Whether the network interface is another one than when keepalived started: it neither sends nor hears adverts. */
  readonly hasLostInterface: boolean;
  readonly memory: NodeMemory;
}

/** What a node knows of one of its addresses. */
export interface AddressFacts {
  readonly holder: Holder;
  /** Whether its EIP is bound to it; true also where it has none. */
  readonly hasEip: boolean;
  readonly memory: AddressMemory;
}

/** What a node and its peer know of one of its addresses. */
export interface SharedAddressFacts extends AddressFacts {
  /** Who has it, as the peer's last word says: its `mine` is this node's `peer`. */
  readonly peerSees: Holder | undefined;
}

/** The settings that decisions about addresses depend on. */
export interface AddressRules {
  /** keepalived's `advert_int` in seconds: the times of the protocol are multiples of it, see `times.ts`. */
  readonly advertInt: number;
  /** Whether to take the address also from an interface that is not the pair's. */
  readonly allowForeign: boolean;
  readonly mechanism: Mechanism;
}

/** The settings that all decisions depend on. */
export interface DecisionRules extends AddressRules {
  /** Whether a BACKUP steps back before its election where the peer says that it is MASTER, but is not heard. */
  readonly incumbentKeeps: boolean;
}
