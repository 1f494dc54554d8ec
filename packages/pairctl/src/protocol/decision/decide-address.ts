import { adverts, freshWord, hearsPeer, isProvenMaster } from "./evidence.ts";
import type { AddressFacts, AddressRules, Holder, VrrpFacts } from "./facts.ts";
import type { AddressMemory } from "./memory.ts";
import { HELP, oneMore, RETAKE, SELF_HELP, waitAfter } from "./times.ts";

/**
 * What to do about an address. `take`: have it moved here, or announce it where the fabric moves it. `hand over`: have it
 * moved to the peer. `assign to peer`: the same with one that no node has. `keep`, `bind EIP`: it is where it belongs,
 * here or with the peer. `leave`: the peer is MASTER, too, or may be. `refuse`: somebody else has it. `look again`: who has it is not known.
 * `idle`: it is not this node's business.
 */
export type AddressStep =
  "take" | "hand over" | "assign to peer" | "keep" | "bind EIP" | "leave" | "refuse" | "look again" | "idle";

/** The step, and what to remember before it is done. */
export interface AddressDecision {
  readonly step: AddressStep;
  /** When time alone may change the decision. */
  readonly until?: number | undefined;
  readonly memory: AddressMemory;
}

/** Decides about one address, by what is known now: docs/protocol.md has the table, and argues why it converges. */
export function decideAddress(node: VrrpFacts, address: AddressFacts, rules: AddressRules): AddressDecision {
  if (node.vrrp === "MASTER") return decideAsMaster(node, address, rules);
  // Attempts belong to a mastership.
  const memory: AddressMemory = { ...address.memory, attempts: 0 };
  if (rules.mechanism === "havip") return { step: "idle", memory };
  return decideAsStandby(node, { ...address, memory }, rules);
}

function decideAsMaster(node: VrrpFacts, { hasEip, holder, memory }: AddressFacts, rules: AddressRules) {
  const { now } = node;
  const isNew = node.promotion !== undefined && node.promotion !== memory.promotion;
  const current: AddressMemory = {
    promotion: node.promotion || memory.promotion,
    attempts: isNew ? 0 : memory.attempts,
    triedAt: memory.triedAt,
    helps: 0,
  };
  // Counted before it is tried, since a take may succeed unseen. What no node has is nobody's: that makes no wait longer.
  const attempts = holder === "peer" ? oneMore(RETAKE, current.attempts) : Math.max(1, current.attempts);
  const take = { step: "take", memory: { ...current, attempts, triedAt: now } } as const;
  switch (holder) {
    case "unknown":
    case "moving":
      return { step: "look again", memory: current } as const;
    case "foreign":
      // Nobody is robbed.
      return rules.allowForeign ? take : ({ step: "refuse", memory: current } as const);
    case "mine": {
      const step = stepOfHolder(node, hasEip, rules);
      // Whoever had it has fulfilled the promotion: if it goes to the peer, it may be rightly there. After it
      // was given to a proven peer, the waits begin anew.
      const fulfilled = step === "hand over" ? 1 : Math.max(1, current.attempts);
      return { step, memory: { ...current, attempts: fulfilled, triedAt: now } } as const;
    }
    case "peer":
      return node.isStronger ? take : leaveToStronger(node, current, rules) || take;
    default:
      // parked, none, gone: no node has it.
      return take;
  }
}

function stepOfHolder(node: VrrpFacts, hasEip: boolean, rules: AddressRules): "keep" | "bind EIP" | "hand over" {
  // The weaker one steps down as soon as the stronger one has it: it may lack the API.
  if (!node.isStronger && rules.mechanism !== "havip" && isProvenMaster(node, rules)) return "hand over";
  return hasEip ? "keep" : "bind EIP";
}

/** The stronger peer has the address: whether it is left there depends on what is known of the peer. */
function leaveToStronger(node: VrrpFacts, memory: AddressMemory, rules: AddressRules): AddressDecision | undefined {
  const word = freshWord(node, rules);
  // It says what it is. A MASTER of before this promotion is one no more.
  if (word && (word.state !== "MASTER" || word.askedAt >= node.since)) {
    return word.state === "MASTER" ? { step: "leave", memory } : undefined;
  }
  // It may be well, or dead: once per promotion, then ever more slowly, with a cap that bounds the outage.
  if (memory.attempts === 0) return undefined;
  const until = memory.triedAt + adverts(waitAfter(RETAKE, memory.attempts - 1), rules);
  return node.now < until ? { step: "leave", until, memory } : undefined;
}

/** Not MASTER: what can be done for the peer, if that is MASTER. */
function decideAsStandby(
  node: VrrpFacts,
  { hasEip, holder, memory }: AddressFacts,
  rules: AddressRules,
): AddressDecision {
  const word = freshWord(node, rules);
  const help = helpFor(holder, hasEip);
  // Without a word: its adverts, or, where nothing listens for them, an election that this BACKUP has not won.
  const seemsMaster = hearsPeer(node, rules) ?? node.vrrp === "BACKUP";
  const waits = help !== undefined && !word && seemsMaster;
  const kept: AddressMemory = { ...memory, waitingSince: waits ? (memory.waitingSince ?? node.now) : undefined };
  if (holder === "unknown" || holder === "moving") return { step: "look again", memory: kept };
  if (help === undefined) return { step: "idle", memory: kept };
  if (word?.state === "MASTER" && word.forMs >= adverts(SELF_HELP, rules)) return { step: help, memory: kept };
  if (kept.waitingSince === undefined) return { step: "idle", memory: kept };
  const until = kept.waitingSince + adverts(waitAfter(HELP, kept.helps), rules);
  if (node.now < until) return { step: "idle", until, memory: kept };
  return {
    step: help,
    memory: { ...kept, waitingSince: node.now, helps: Math.min(kept.helps + 1, HELP.doublings) },
  };
}

/** What a MASTER lacks that can do nothing itself, since the API does not answer it. */
function helpFor(holder: Holder, hasEip: boolean): AddressStep | undefined {
  if (holder === "mine") return "hand over";
  if (holder === "parked" || holder === "none") return "assign to peer";
  return holder === "peer" && !hasEip ? "bind EIP" : undefined;
}
