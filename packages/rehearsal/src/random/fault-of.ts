import type { Mechanism } from "pairctl/contract";
import type { Fault } from "../faults/fault.ts";
import { FAULTS, faultNamed } from "../faults/index.ts";
import { ownFault, ownFaultNamed } from "../faults/own-fault.ts";
import { generateSequence } from "./generate.ts";
import { parseSequence, type Sequence } from "./sequence.ts";
import { sequenceFault } from "./sequence-fault.ts";

/** The name of a sequence that its seed makes: `random-8-12345`, 8 faults from the seed 12345. */
export const randomName = (steps: number, seed: number): string => `random-${steps}-${seed}`;

/** The sequence that a name stands for; undefined where it is that of a single fault. */
export function sequenceNamed(name: string, mechanism: Mechanism): Sequence | undefined {
  if (ownFaultNamed(name) !== undefined) return undefined;
  if (name.includes("@")) return parseSequence(name);
  const [, steps, seed] = /^random-(\d+)-(\d+)$/.exec(name) ?? [];
  if (steps === undefined) return undefined;
  return generateSequence({ faults: FAULTS, mechanism, steps: Number(steps), seed: Number(seed) });
}

/**
 * What a name on the command line or in a plan stands for: a fault, one of the user's own too, or a sequence of them, for
 * one mechanism.
 *
 * @throws where there is no such fault, or the sequence cannot be made with the mechanism
 */
export function faultOf(name: string, mechanism: Mechanism): Fault {
  const own = ownFaultNamed(name);
  if (own !== undefined) return ownFault(own);
  const sequence = sequenceNamed(name, mechanism);
  return sequence === undefined ? faultNamed(name) : sequenceFault({ name, sequence, mechanism, faults: FAULTS });
}

/** The same for several mechanisms: a fault stands for all of them, a sequence is another one with each. */
export function faultsOf(name: string, mechanisms: readonly Mechanism[]): Fault[] {
  if (sequenceNamed(name, mechanisms[0] ?? "havip") === undefined)
    return mechanisms.slice(0, 1).map((any) => faultOf(name, any));
  return mechanisms.map((mechanism) => faultOf(name, mechanism));
}
