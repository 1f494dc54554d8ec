import { isHaVip } from "../../contract/index.ts";
import { adverts, freshWord, hearsPeer, isProvenMaster } from "./evidence.ts";
import type { DecisionRules, SharedAddressFacts, VrrpFacts } from "./facts.ts";
import { FRESH, MISSED } from "./times.ts";

/** No node steps back before its election yet: the build leaves that out of the nodes' pairctl. */
declare const __INCUMBENT_KEEPS__: boolean | undefined;
const INCUMBENT_KEEPS = typeof __INCUMBENT_KEEPS__ === "undefined" || __INCUMBENT_KEEPS__;

/**
 * Decides whether this node steps back where both are MASTER, or about to be, and do not hear each other.
 *
 * @param isYielding whether it has done so already
 * @returns until when, by the node's clock: not longer than the peer's word is good, so that it ends even if this program
 *   does; undefined where it must not yield
 */
export function yieldUntil(
  node: VrrpFacts,
  isYielding: boolean,
  addresses: readonly Pick<SharedAddressFacts, "holder" | "peerSees">[],
  rules: DecisionRules,
): number | undefined {
  const { isStronger, vrrp } = node;
  const word = freshWord(node, rules);
  // Adverts tell when VRRP works again. Where nothing hears them, a yield might never end.
  if (word?.state !== "MASTER" || hearsPeer(node, rules) !== false) return undefined;
  if (vrrp === "MASTER" && isStronger) return undefined;
  const yields =
    isYielding ||
    (vrrp === "MASTER" && isProvenMaster(node, rules) && addresses.every((address) => isElsewhere(address, rules))) ||
    (INCUMBENT_KEEPS && rules.incumbentKeeps && isUnheard(node, word.askedAt, rules));
  return yields ? word.askedAt + adverts(FRESH, rules) : undefined;
}

/** Whether this node, or else its peer, knows that the address is not here. The fabric follows the MASTER by itself. */
function isElsewhere(
  { holder, peerSees }: Pick<SharedAddressFacts, "holder" | "peerSees">,
  { mechanism }: DecisionRules,
): boolean {
  if (isHaVip(mechanism)) return true;
  if (holder !== "unknown") return holder !== "mine" && holder !== "moving";
  return peerSees !== undefined && !["peer", "moving", "unknown"].includes(peerSees);
}

/**
 * Whether a BACKUP is about to be elected although its peer is MASTER. The peer's word is from so long after the last
 * advert that it did not crash: it was MASTER, and was not heard.
 */
function isUnheard(node: VrrpFacts, askedAt: number, rules: DecisionRules): boolean {
  const silentSince = Math.max(node.adverts?.heardAt ?? -Infinity, node.since);
  return (
    node.vrrp === "BACKUP" &&
    node.now - silentSince >= adverts(MISSED.adverts, rules) &&
    askedAt - silentSince >= adverts(MISSED.word, rules)
  );
}
