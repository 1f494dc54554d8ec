import { isHaVip } from "../../contract/index.ts";
import { freshWord, hearsPeer, isProvenMaster, waitMs } from "./evidence.ts";
import type { AddressFacts, AddressRules, Holder, VrrpFacts } from "./facts.ts";
import type { AddressMemory } from "./memory.ts";
import { HELP, oneMore, RETAKE, SELF_HELP, waitAfter } from "./times.ts";

/**
 * What to do about an address. `take`: move it here, or announce it where the fabric moves it. `hand over`: move it to the
 * peer. `assign to peer`: the same with one that no node has. `keep`: the right node has it. `bind EIP`: the right node has
 * it without its EIP. `leave`: the peer is MASTER, too, or may be. `refuse`: an interface that is not the pair's has it.
 * `look again`: who has it is not known. `idle`: nothing for this node to do.
 */
export type AddressStep =
  "take" | "hand over" | "assign to peer" | "keep" | "bind EIP" | "leave" | "refuse" | "look again" | "idle";

/** The step, and what to remember before it is done. */
export interface AddressDecision {
  readonly step: AddressStep;
  /** When the decision changes though nothing else does. */
  readonly until?: number | undefined;
  readonly memory: AddressMemory;
}

/** Decides about one address. docs/protocol.md has the table, and says why it converges. */
export function decideAddress(node: VrrpFacts, address: AddressFacts, rules: AddressRules): AddressDecision {
  if (node.vrrp === "MASTER") return decideAsMaster(node, address, rules);
  // Attempts belong to a mastership.
  const memory: AddressMemory = { ...address.memory, attempts: 0 };
  if (isHaVip(rules.mechanism)) return { step: "idle", memory };
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
  // Counted before the call, which may succeed although its answer is lost. Taking what no node has makes no wait longer.
  const attempts = holder === "peer" ? oneMore(RETAKE, current.attempts) : Math.max(1, current.attempts);
  const take = { step: "take", memory: { ...current, attempts, triedAt: now } } as const;
  switch (holder) {
    case "unknown":
    case "moving":
      return { step: "look again", memory: current } as const;
    case "foreign":
      // What is not the pair's may have the address on purpose.
      return rules.allowForeign ? take : ({ step: "refuse", memory: current } as const);
    case "mine": {
      const step = stepOfHolder(node, hasEip, rules);
      // A MASTER that had the address has used its promotion: if the peer has it later, that may be right.
      return { step, memory: { ...current, attempts: Math.max(1, current.attempts), triedAt: now } } as const;
    }
    case "peer":
      return node.isStronger ? take : leaveToStronger(node, current, rules) || take;
    default:
      // Parked, none, gone: no node has it.
      return take;
  }
}

function stepOfHolder(node: VrrpFacts, hasEip: boolean, rules: AddressRules): "keep" | "bind EIP" | "hand over" {
  // The stronger node may not reach the API. Once it has the address, the weaker one steps down.
  if (!node.isStronger && !isHaVip(rules.mechanism) && isProvenMaster(node, rules)) return "hand over";
  return hasEip ? "keep" : "bind EIP";
}

/** The stronger peer has the address: leave it there? Undefined: no, take it. */
function leaveToStronger(node: VrrpFacts, memory: AddressMemory, rules: AddressRules): AddressDecision | undefined {
  const word = freshWord(node, rules);
  // The peer says what it is. That it was MASTER before this promotion proves nothing.
  if (word && (word.state !== "MASTER" || word.askedAt >= node.since)) {
    return word.state === "MASTER" ? { step: "leave", memory } : undefined;
  }
  // It may be healthy, or dead: once per promotion, then after growing waits, whose cap bounds the outage.
  if (memory.attempts === 0) return undefined;
  const until = memory.triedAt + waitMs(waitAfter(RETAKE, memory.attempts - 1), rules);
  return node.now < until ? { step: "leave", until, memory } : undefined;
}

/** Not MASTER: helps the peer, if that is MASTER by its word, or says nothing and seems to be. */
function decideAsStandby(
  node: VrrpFacts,
  { hasEip, holder, memory }: AddressFacts,
  rules: AddressRules,
): AddressDecision {
  const word = freshWord(node, rules);
  const help = helpFor(holder, hasEip);
  // If it says nothing: by its adverts or, where nothing listens for them, since this BACKUP has not become MASTER. It seems to be
  // in FAULT where the notification that this is over was lost.
  const mayBeBackup = node.vrrp === "BACKUP" || node.vrrp === "FAULT";
  const seemsMaster = hearsPeer(node, rules) ?? mayBeBackup;
  const waits = help !== undefined && !word && seemsMaster;
  const { waitingSince = node.now } = memory;
  const kept: AddressMemory = { ...memory, waitingSince: waits ? waitingSince : undefined };
  if (holder === "unknown" || holder === "moving") return { step: "look again", memory: kept };
  if (help === undefined) return { step: "idle", memory: kept };
  if (word?.state === "MASTER" && word.forMs >= waitMs(SELF_HELP, rules)) return { step: help, memory: kept };
  if (kept.waitingSince === undefined) return { step: "idle", memory: kept };
  const until = kept.waitingSince + waitMs(waitAfter(HELP, kept.helps), rules);
  if (node.now < until) return { step: "idle", until, memory: kept };
  return {
    step: help,
    memory: { ...kept, waitingSince: node.now, helps: Math.min(kept.helps + 1, HELP.doublings) },
  };
}

/** What a MASTER that cannot reach the API needs from its peer. */
function helpFor(holder: Holder, hasEip: boolean): AddressStep | undefined {
  if (holder === "mine") return "hand over";
  if (holder === "parked" || holder === "none") return "assign to peer";
  return holder === "peer" && !hasEip ? "bind EIP" : undefined;
}
