import type { DecisionRules, NodeFacts, PeerWord } from "./facts.ts";
import { FRESH, HEARD, PROVEN, RECENT } from "./times.ts";

/** A number of advert intervals in ms. */
export function adverts(count: number, { advertInt }: DecisionRules): number {
  return count * advertInt * 1000;
}

/** The peer's word while it is good. */
export function freshWord({ now, word }: NodeFacts, rules: DecisionRules): PeerWord | undefined {
  return word && now - word.askedAt < adverts(FRESH, rules) ? word : undefined;
}

/** Whether the peer's adverts come; undefined where nothing listens for them. */
export function hearsPeer(node: NodeFacts, rules: DecisionRules): boolean | undefined {
  const { adverts: heard, now } = node;
  return heard && heard.heardAt !== undefined && now - heard.heardAt < adverts(HEARD, rules) ? true : heard && false;
}

/**
 * Whether both nodes are MASTER for longer than they can be while they hear each other. It takes a word of this moment: a
 * peer that has died since is not to be given anything. And one from before this node's promotion proves nothing: the
 * promotion says that its peer is MASTER no more.
 */
export function isProvenMaster({ now, since, word }: NodeFacts, rules: DecisionRules): boolean {
  const together = adverts(PROVEN, rules);
  return (
    word?.state === "MASTER" &&
    now - word.askedAt < adverts(RECENT, rules) &&
    word.forMs >= together &&
    word.askedAt - since >= together
  );
}
