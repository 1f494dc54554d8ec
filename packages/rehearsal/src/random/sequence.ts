import type { Role } from "../report/run-record.ts";

/** One fault of a sequence, in ms from the sequence's beginning. */
export interface Strike {
  /** The fault's name. */
  readonly fault: string;
  /** The node that it strikes, whether that serves or not. */
  readonly node: Role;
  readonly fromMs: number;
  /** When it heals. */
  readonly toMs: number;
}

/** Faults that strike a pair one after the other or one upon another, in the order in which they begin. */
export type Sequence = readonly Strike[];

/** A text is no sequence; the message says what it must be. */
export class SequenceError extends Error {}

/** A sequence as the command line takes it: `node-crashed@primary:0-4000 api-slow@secondary:1500-6000`. */
export function formatSequence(sequence: Sequence): string {
  return sequence.map(({ fault, node, fromMs, toMs }) => `${fault}@${node}:${fromMs}-${toMs}`).join(" ");
}

/**
 * Reads a sequence, in any order.
 *
 * @throws SequenceError which names the strike that cannot be understood
 */
export function parseSequence(text: string): Sequence {
  const strikes = text.trim().split(/\s+/).map(parseStrike);
  return strikes.sort((a, b) => a.fromMs - b.fromMs);
}

function parseStrike(text: string): Strike {
  const [, fault, node, from, to] = /^([a-z0-9-]+)@(primary|secondary):(\d{1,7})-(\d{1,7})$/.exec(text) ?? [];
  const strike = { fault: fault ?? "", node: node as Role, fromMs: Number(from), toMs: Number(to) };
  if (fault !== undefined && strike.fromMs < strike.toMs) return strike;
  throw new SequenceError(
    `a sequence must consist of FAULT@NODE:FROM-TO, NODE being primary or secondary and FROM before TO in ms, got '${text}'`,
  );
}

/** The same sequence, with nothing to wait for before its first fault. */
export function fromItsBeginning(sequence: Sequence): Sequence {
  const begin = Math.min(...sequence.map(({ fromMs }) => fromMs));
  return sequence.map((strike) => ({ ...strike, fromMs: strike.fromMs - begin, toMs: strike.toMs - begin }));
}
