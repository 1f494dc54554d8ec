import { type AddressDecision, decideAddress } from "./decide-address.ts";
import { decideKeepalived, type KeepalivedDecision } from "./decide-keepalived.ts";
import type { DecisionRules, NodeFacts, SharedAddressFacts } from "./facts.ts";

export { type AddressDecision, type AddressStep, decideAddress } from "./decide-address.ts";
export { decideKeepalived, type KeepalivedDecision, type KeepalivedStep } from "./decide-keepalived.ts";
export { yieldUntil } from "./decide-yield.ts";
export { adverts, freshWord, waitMs } from "./evidence.ts";
export type {
  AddressFacts,
  DecisionRules,
  Holder,
  NodeFacts,
  PeerWord,
  SharedAddressFacts,
  VrrpFacts,
} from "./facts.ts";
export { type AddressMemory, type NodeMemory, NO_ADDRESS_MEMORY, NO_NODE_MEMORY } from "./memory.ts";

/** What to do now, and what to remember before it is done. */
export interface Decision {
  readonly keepalived: KeepalivedDecision;
  /** One for each address, in their order: they are independent. */
  readonly addresses: readonly AddressDecision[];
}

/**
 * The whole protocol, as one function of what a node knows: no clock, no I/O, no state of its own. docs/protocol.md explains
 * it, and the models in test/ explore it. A node decides by its parts: each run of the agent, or of a single pass, by
 * {@link decideAddress} for its address, and the agent by {@link yieldUntil} whether to yield.
 */
export function decide(node: NodeFacts, addresses: readonly SharedAddressFacts[], rules: DecisionRules): Decision {
  return {
    keepalived: decideKeepalived(node, addresses, rules),
    addresses: addresses.map((address) => decideAddress(node, address, rules)),
  };
}
