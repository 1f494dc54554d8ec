import type { VrrpState } from "../contract/index.ts";
import { type BackupMemory, type MasterMemory, type Memory, NOTHING } from "./memory.ts";
import type { Holder } from "./outcome.ts";

/** What a decision rests on, for secondary-private-ip. */
export interface Facts {
  /** What keepalived is on this node. */
  readonly vrrp: VrrpState;
  /** Who has the address, according to the cloud. Nothing is decided if the cloud could not be asked. */
  readonly holder: Holder;
  readonly memory: Memory;
  /** The last notification, where it was one of MASTER. */
  readonly promotion: string | undefined;
  /** Whether this node is the stronger one: where both are MASTER, it stays MASTER. */
  readonly isStronger: boolean;
  /** By the host's clock. */
  readonly now: number;
}

/** What a stack may say about decisions. */
export interface Rules {
  /** Whether to take the address from an interface that is not the pair's as well. */
  readonly allowForeign: boolean;
  /** For how many ms a BACKUP has to have the address before it hands it over: more than an election takes. */
  readonly handOverMs: number;
}

/** What to do now, and what to remember: with `take` and `hand over` before the call that does it. */
export type Decision = { readonly memory: Memory } & (
  | { readonly step: "keep" | "take" | "hand over" | "idle" | "leave" | "refuse" }
  /** Look again: when a hand-over is due, by the host's clock, or, where that is not known, soon. */
  | { readonly step: "wait"; readonly until?: number }
);

/** A BACKUP waits up to so many times as long before it hands over once more: 5, 10, 20, 40, then 80 s each time. */
const MAX_HAND_OVER_FACTOR = 16;

/**
 * A weaker MASTER leaves the address this many times `handOverMs` to a stronger one, then twice and four times that.
 */
const RETAKE_FACTOR = 4;
const MAX_RETAKE_FACTOR = 16;

/** The protocol of secondary-private-ip. docs/protocol.md says why it converges. */
export function decide(facts: Facts, rules: Rules): Decision {
  if (facts.vrrp === "MASTER") return decideAsMaster(facts, rules);
  const memory = backupMemory(facts.memory);
  if (facts.vrrp === "BACKUP" && facts.holder === "mine") return decideAsHolder(memory, facts, rules);
  // A task may be about to bring the address here: the memory stays valid until the address is elsewhere.
  if (facts.vrrp === "BACKUP" && facts.holder === "moving") return { step: "idle", memory };
  return { step: "idle", memory: memory.handOvers > 0 ? { role: "backup", handOvers: memory.handOvers } : NOTHING };
}

/** What to remember once a take has succeeded, or the address is here. */
export function fulfilled({ memory, promotion }: Pick<Facts, "memory" | "promotion">): MasterMemory {
  const retakes = memory.role === "master" && isCurrent(memory, promotion) ? memory.retakes : 0;
  return { role: "master", promotion: promotion ?? promotionIn(memory), retakes };
}

/** What to remember once the address was handed over. */
export function handedOver(memory: Memory): BackupMemory {
  return { role: "backup", handOvers: backupMemory(memory).handOvers + 1 };
}

function decideAsMaster(facts: Facts, rules: Rules): Decision {
  const { holder, memory } = facts;
  switch (holder) {
    case "mine":
      return { step: "keep", memory: fulfilled(facts) };
    case "moving":
      return { step: "wait", memory };
    case "foreign":
      return rules.allowForeign ? take(memory) : { step: "refuse", memory };
    case "peer":
      return facts.isStronger || isPromoted(facts) ? take(memory) : decideAsWeaker(facts, rules);
    default:
      return take(memory);
  }
}

/**
 * Both nodes seem to be MASTER, and the stronger one has the address. It may be dead or in FAULT without being heard.
 */
function decideAsWeaker({ memory, now }: Facts, { handOverMs }: Rules): Decision {
  const { leftSince = now, ...rest } = memory as MasterMemory;
  const factor = Math.min(RETAKE_FACTOR * 2 ** rest.retakes, MAX_RETAKE_FACTOR);
  if (now - leftSince < factor * handOverMs) return { step: "leave", memory: { ...rest, leftSince } };
  // Counted before it is tried, since a take may succeed without its answer being seen.
  return { step: "take", memory: { ...rest, retakes: rest.retakes + 1 } };
}

/** A BACKUP has the address: somebody else is MASTER, or this node soon is again. */
function decideAsHolder(memory: BackupMemory, { now }: Facts, { handOverMs }: Rules): Decision {
  const { handOvers, holdingSince = now } = memory;
  const until = holdingSince + Math.min(2 ** handOvers, MAX_HAND_OVER_FACTOR) * handOverMs;
  const remembered: BackupMemory = { role: "backup", handOvers, holdingSince };
  return now < until ? { step: "wait", until, memory: remembered } : { step: "hand over", memory: remembered };
}

/** Hand-overs are counted anew as soon as a take is tried: it may succeed after this node has ceased to be MASTER. */
function take(memory: Memory): Decision {
  return { step: "take", memory: memory.role === "backup" ? NOTHING : memory };
}

/** Whether this node has become MASTER, and the address has not been here since. */
function isPromoted({ memory, promotion }: Facts): boolean {
  return memory.role !== "master" || !isCurrent(memory, promotion);
}

function isCurrent(memory: MasterMemory, promotion: string | undefined): boolean {
  return promotion === undefined || memory.promotion === promotion;
}

function promotionIn(memory: Memory): string | undefined {
  return memory.role === "master" ? memory.promotion : undefined;
}

function backupMemory(memory: Memory): BackupMemory {
  return memory.role === "backup" ? memory : { role: "backup", handOvers: 0 };
}
