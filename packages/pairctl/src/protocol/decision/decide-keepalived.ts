import { adverts, freshWord, hearsPeer, isProvenMaster } from "./evidence.ts";
import type { DecisionRules, Holder, NodeFacts, SharedAddressFacts } from "./facts.ts";
import type { NodeMemory } from "./memory.ts";
import { FRESH, MISSED, oneMore, RESTART, RESTART_SOON, waitAfter } from "./times.ts";

/**
 * What to do about keepalived. `yield`: hold it in FAULT until the time in the memory, so that its peer is the only
 * MASTER. `end yield`: let it go at once. `restart`: it can hear nobody.
 */
export type KeepalivedStep = "yield" | "end yield" | "restart" | "nothing";

/** The step, and what to remember before it is done. */
export interface KeepalivedDecision {
  readonly step: KeepalivedStep;
  /** When time alone may change the decision. */
  readonly until?: number | undefined;
  readonly memory: NodeMemory;
}

/** Decides about keepalived, by what is known now: docs/protocol.md has the table. */
export function decideKeepalived(
  node: NodeFacts,
  addresses: readonly SharedAddressFacts[],
  rules: DecisionRules,
): KeepalivedDecision {
  const isYielding = (node.memory.yieldUntil ?? -Infinity) > node.now;
  const word = freshWord(node, rules);
  if (word && shouldYield(node, isYielding, addresses, rules)) {
    // No longer than the word is good, so that it ends also where this program does.
    const yieldUntil = word.askedAt + adverts(FRESH, rules);
    return { step: "yield", until: yieldUntil, memory: { yieldUntil, restarts: 0 } };
  }
  if (isYielding) return { step: "end yield", memory: { restarts: 0 } };
  return decideRestart(node, addresses, rules);
}

/** Both are MASTER, or about to be, and hear nothing of each other: who steps back? */
function shouldYield(
  node: NodeFacts,
  isYielding: boolean,
  addresses: readonly SharedAddressFacts[],
  rules: DecisionRules,
): boolean {
  const { adverts: heard, isStronger, now, since, vrrp } = node;
  const word = freshWord(node, rules);
  // Adverts tell when VRRP works again. Where nothing hears them, a yield might never end.
  if (hearsPeer(node, rules) !== false || word?.state !== "MASTER") return false;
  if (vrrp === "MASTER" && isStronger) return false;
  if (isYielding) return true;
  if (vrrp === "MASTER") {
    return isProvenMaster(node, rules) && addresses.every((address) => isElsewhere(address, rules));
  }
  const silentSince = Math.max(heard?.heardAt ?? -Infinity, since);
  return (
    rules.incumbentKeeps &&
    vrrp === "BACKUP" &&
    now - silentSince >= adverts(MISSED.adverts, rules) &&
    // A word from so long after the last advert: the peer was MASTER, and should have been heard. It has not just crashed.
    word.askedAt - silentSince >= adverts(MISSED.word, rules)
  );
}

/** Whether the address is not here, as this node or else its peer knows. The fabric follows whoever is MASTER. */
function isElsewhere({ holder, peerSees }: SharedAddressFacts, { mechanism }: DecisionRules): boolean {
  if (mechanism === "havip") return true;
  if (holder !== "unknown") return holder !== "mine" && holder !== "moving";
  return peerSees !== undefined && !["peer", "moving", "unknown"].includes(peerSees);
}

/** A BACKUP that knows of no MASTER for longer than any election takes has a keepalived that hears nothing. */
function decideRestart(
  node: NodeFacts,
  addresses: readonly SharedAddressFacts[],
  rules: DecisionRules,
): KeepalivedDecision {
  const { hasLostInterface, memory, now, vrrp } = node;
  const hasMaster = vrrp === "MASTER" || mayHaveMaster(node, addresses, rules);
  // What is in FAULT is not cured by a restart, and what does not run is brought back by systemd.
  if (!hasLostInterface && (hasMaster || vrrp !== "BACKUP")) {
    return { step: "nothing", memory: { restarts: hasMaster ? 0 : memory.restarts } };
  }
  const masterlessSince = memory.masterlessSince ?? now;
  const until = masterlessSince + adverts(waitAfter(hasLostInterface ? RESTART_SOON : RESTART, memory.restarts), rules);
  if (now < until) return { step: "nothing", until, memory: { ...memory, masterlessSince } };
  return { step: "restart", memory: { restarts: oneMore(RESTART, memory.restarts) } };
}

/** Whether the peer is MASTER, or may be, for all that is known. */
function mayHaveMaster(node: NodeFacts, addresses: readonly SharedAddressFacts[], rules: DecisionRules): boolean {
  const word = freshWord(node, rules);
  const isHeard = hearsPeer(node, rules);
  if (isHeard || word?.state === "MASTER") return true;
  if (isHeard === false || word) return false;
  return addresses.some(({ holder }) => POSSIBLY_SERVED.includes(holder));
}

/** Holders that do not rule out a MASTER on the other side. */
const POSSIBLY_SERVED: readonly Holder[] = ["peer", "moving", "unknown"];
