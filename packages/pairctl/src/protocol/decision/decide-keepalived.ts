import { isHaVip } from "../../contract/index.ts";
import { adverts, freshWord, hearsPeer, isProvenMaster, waitMs } from "./evidence.ts";
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
  /** When the decision changes though nothing else does. */
  readonly until?: number | undefined;
  readonly memory: NodeMemory;
}

/** Decides about keepalived. */
export function decideKeepalived(
  node: NodeFacts,
  addresses: readonly SharedAddressFacts[],
  rules: DecisionRules,
): KeepalivedDecision {
  const isYielding = (node.memory.yieldUntil ?? -Infinity) > node.now;
  const word = freshWord(node, rules);
  if (word && shouldYield(node, isYielding, addresses, rules)) {
    // Not longer than the word is good, so that it ends even if this program does.
    const yieldUntil = word.askedAt + adverts(FRESH, rules);
    return { step: "yield", until: yieldUntil, memory: { yieldUntil, restarts: 0 } };
  }
  if (isYielding) return { step: "end yield", memory: { restarts: 0 } };
  return decideRestart(node, addresses, rules);
}

/** Whether this node steps back where both are MASTER, or about to be, and do not hear each other. */
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
    // The word is from so long after the last advert that the peer did not crash: it was MASTER, and was not heard.
    word.askedAt - silentSince >= adverts(MISSED.word, rules)
  );
}

/** Whether this node, or else its peer, knows that the address is not here. The fabric follows the MASTER by itself. */
function isElsewhere({ holder, peerSees }: SharedAddressFacts, { mechanism }: DecisionRules): boolean {
  if (isHaVip(mechanism)) return true;
  if (holder !== "unknown") return holder !== "mine" && holder !== "moving";
  return peerSees !== undefined && !["peer", "moving", "unknown"].includes(peerSees);
}

/** The keepalived of a BACKUP that knows of no MASTER for longer than any election takes hears nothing: it is restarted. */
function decideRestart(
  node: NodeFacts,
  addresses: readonly SharedAddressFacts[],
  rules: DecisionRules,
): KeepalivedDecision {
  const { hasLostInterface, memory, now, vrrp } = node;
  const hasMaster = vrrp === "MASTER" || mayHaveMaster(node, addresses, rules);
  // A restart does not end FAULT, and systemd starts what does not run.
  if (!hasLostInterface && (hasMaster || vrrp !== "BACKUP")) {
    return { step: "nothing", memory: { restarts: hasMaster ? 0 : memory.restarts } };
  }
  const masterlessSince = memory.masterlessSince ?? now;
  const until = masterlessSince + waitMs(waitAfter(hasLostInterface ? RESTART_SOON : RESTART, memory.restarts), rules);
  if (now < until) return { step: "nothing", until, memory: { ...memory, masterlessSince } };
  return { step: "restart", memory: { restarts: oneMore(RESTART, memory.restarts) } };
}

/** Whether the peer is MASTER, or may be. */
function mayHaveMaster(node: NodeFacts, addresses: readonly SharedAddressFacts[], rules: DecisionRules): boolean {
  const word = freshWord(node, rules);
  const isHeard = hearsPeer(node, rules);
  if (isHeard || word?.state === "MASTER") return true;
  if (isHeard === false || word) return false;
  return addresses.some(({ holder }) => POSSIBLY_SERVED.includes(holder));
}

/** Holders with which the peer may be MASTER. */
const POSSIBLY_SERVED: readonly Holder[] = ["peer", "moving", "unknown"];
