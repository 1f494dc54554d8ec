import type { AddressRules, PeerWord, VrrpFacts } from "./facts.ts";
import { FRESH, HEARD, PROVEN, RECENT } from "./times.ts";

/**
 * Whether a node may have a word of its peer, or hear adverts by itself. The bundle says no, and leaves out what would be
 * done with them: nodes exchange no words yet.
 */
declare const __HAS_PEER_EVIDENCE__: boolean | undefined;
const HAS_PEER_EVIDENCE = typeof __HAS_PEER_EVIDENCE__ === "undefined" || __HAS_PEER_EVIDENCE__;

/** A number of advert intervals in ms. */
export function adverts(count: number, { advertInt }: AddressRules): number {
  return count * advertInt * 1000;
}

/** The peer's word while it is good. */
export function freshWord({ now, word }: VrrpFacts, rules: AddressRules): PeerWord | undefined {
  return HAS_PEER_EVIDENCE && word && now - word.askedAt < adverts(FRESH, rules) ? word : undefined;
}

/** Whether the peer's adverts come; undefined where nothing listens for them. */
export function hearsPeer(node: VrrpFacts, rules: AddressRules): boolean | undefined {
  const { adverts: heard, now } = node;
  if (!HAS_PEER_EVIDENCE) return undefined;
  return heard && heard.heardAt !== undefined && now - heard.heardAt < adverts(HEARD, rules) ? true : heard && false;
}

/**
 * Whether both nodes are MASTER for longer than they can be while they hear each other. It takes a word of this moment: a
 * peer that has died since is not to be given anything. And one from before this node's promotion proves nothing: the
 * promotion says that its peer is MASTER no more.
 */
export function isProvenMaster({ now, since, word }: VrrpFacts, rules: AddressRules): boolean {
  const together = adverts(PROVEN, rules);
  return (
    HAS_PEER_EVIDENCE &&
    word?.state === "MASTER" &&
    now - word.askedAt < adverts(RECENT, rules) &&
    word.forMs >= together &&
    word.askedAt - since >= together
  );
}
