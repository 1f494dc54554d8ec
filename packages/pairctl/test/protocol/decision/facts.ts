import {
  type SharedAddressFacts,
  type AddressMemory,
  type DecisionRules,
  NO_ADDRESS_MEMORY,
  NO_NODE_MEMORY,
  type NodeFacts,
  type PeerWord,
} from "../../../src/protocol/decision/index.ts";

/** The time of the decision, in ms. */
export const NOW = 1_000_000;
/** The advert interval of these tests in ms. */
export const ADVERT_MS = 5000;

export const RULES: DecisionRules = {
  advertInt: ADVERT_MS / 1000,
  allowForeign: false,
  mechanism: "secondary-private-ip",
  incumbentKeeps: false,
};

/** So many advert intervals ago. */
export const ago = (count: number): number => NOW - count * ADVERT_MS;

/** The weaker node, MASTER for long, which hears no advert and has no word. */
export function weakerMaster(facts: Partial<NodeFacts> = {}): NodeFacts {
  return {
    now: NOW,
    vrrp: "MASTER",
    since: ago(100),
    promotion: "this one",
    isStronger: false,
    word: undefined,
    adverts: { heardAt: undefined },
    hasLostInterface: false,
    memory: NO_NODE_MEMORY,
    ...facts,
  };
}

/** The same node as BACKUP, which hears the stronger one. */
export function standby(facts: Partial<NodeFacts> = {}): NodeFacts {
  return weakerMaster({ vrrp: "BACKUP", promotion: undefined, adverts: { heardAt: ago(0.5) }, ...facts });
}

/** A word of the peer that was asked for so many advert intervals ago; it had been in its state for long. */
export function word(state: PeerWord["state"], age = 0, forAdverts = 100): PeerWord {
  return { state, forMs: forAdverts * ADVERT_MS, askedAt: ago(age) };
}

/** An address with its EIP, of which nothing is remembered. */
export function address(holder: SharedAddressFacts["holder"], memory: Partial<AddressMemory> = {}): SharedAddressFacts {
  return { holder, hasEip: true, peerSees: undefined, memory: { ...NO_ADDRESS_MEMORY, ...memory } };
}

/** What this node remembers of an address that it took so often, the last time so many advert intervals ago. */
export function attempts(count: number, age: number): Partial<AddressMemory> {
  return { promotion: "this one", attempts: count, triedAt: ago(age) };
}
