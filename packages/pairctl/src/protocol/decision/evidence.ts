import { hasPeerWord, hearsAdverts } from "../../contract/index.ts";
import type { AddressRules, PeerWord, VrrpFacts } from "./facts.ts";
import { FRESH, HEARD, PROVEN, RECENT } from "./times.ts";

/** A number of advert intervals in ms. */
export function adverts(count: number, { advertInt }: Pick<AddressRules, "advertInt">): number {
  return count * advertInt * 1000;
}

/**
 * A number of advert intervals in ms, but of one second each at least. What is not about adverts takes the same time with
 * faster ones: a call to the cloud and its task, the start of a process, and the time between two that load the cloud.
 */
export function waitMs(count: number, { advertInt }: Pick<AddressRules, "advertInt">): number {
  return count * Math.max(1, advertInt) * 1000;
}

/** The peer's word while it is good; undefined where the agents do not ask each other. */
export function freshWord(
  { now, word }: Pick<VrrpFacts, "now" | "word">,
  rules: Pick<AddressRules, "advertInt">,
): PeerWord | undefined {
  return hasPeerWord() && word && now - word.askedAt < adverts(FRESH, rules) ? word : undefined;
}

/** Whether the peer's adverts arrive; undefined where nothing listens for them. */
export function hearsPeer(node: VrrpFacts, rules: AddressRules): boolean | undefined {
  const { adverts: heard, now } = node;
  if (!hearsAdverts()) return undefined;
  if (!heard) return undefined;
  return heard.heardAt !== undefined && now - heard.heardAt < adverts(HEARD, rules);
}

/**
 * Whether both nodes have been MASTER for longer than is possible while they hear each other. The word must be recent,
 * since the peer may have died after an older one, and from after this node's promotion, by which the peer was no longer
 * MASTER.
 */
export function isProvenMaster({ now, since, word }: VrrpFacts, rules: AddressRules): boolean {
  const together = adverts(PROVEN, rules);
  return (
    hasPeerWord() &&
    word?.state === "MASTER" &&
    now - word.askedAt < adverts(RECENT, rules) &&
    word.forMs >= together &&
    word.askedAt - since >= together
  );
}
