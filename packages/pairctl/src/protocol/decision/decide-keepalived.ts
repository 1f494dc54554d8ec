import { yieldUntil } from "./decide-yield.ts";
import { freshWord, hearsPeer, waitMs } from "./evidence.ts";
import type { DecisionRules, Holder, NodeFacts, SharedAddressFacts } from "./facts.ts";
import type { NodeMemory } from "./memory.ts";
import { oneMore, RESTART, RESTART_SOON, waitAfter } from "./times.ts";

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
  const until = yieldUntil(node, isYielding, addresses, rules);
  if (until !== undefined) return { step: "yield", until, memory: { yieldUntil: until, restarts: 0 } };
  if (isYielding) return { step: "end yield", memory: { restarts: 0 } };
  return decideRestart(node, addresses, rules);
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
