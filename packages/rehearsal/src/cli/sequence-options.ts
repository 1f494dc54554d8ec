import type { Mechanism } from "pairctl/contract";
import { faultOf, randomName } from "../random/fault-of.ts";
import { randomNumbers } from "local-cloud";
import { formatSequence, parseSequence } from "../random/sequence.ts";
import { UsageError } from "./command.ts";

/** What the command line says of sequences. */
export interface SequenceOptions {
  /** How many are made at random; undefined: none. */
  readonly count: number | undefined;
  /** How many faults each of those has. */
  readonly steps: number;
  readonly seed: number;
  /** Those that are written out. */
  readonly texts: readonly string[] | undefined;
  /** Whether single faults are named, too. */
  readonly isFaultNamed: boolean;
  readonly mechanisms: readonly Mechanism[];
}

/**
 * The names of the sequences that are asked for; undefined where none are.
 *
 * @throws UsageError where one cannot be understood, or cannot be made with a mechanism
 */
export function chosenSequences(options: SequenceOptions): string[] | undefined {
  const { count, steps, seed, texts, isFaultNamed, mechanisms } = options;
  if (count === undefined && texts === undefined) return undefined;
  if (isFaultNamed || (count !== undefined && texts !== undefined)) {
    throw new UsageError("--fault, --random and --sequence exclude each other: name one of them");
  }
  const random = randomNumbers(seed);
  const names =
    texts?.map((text) => understood(() => formatSequence(parseSequence(text)))) ??
    Array.from({ length: count ?? 0 }, () => randomName(steps, Math.floor(random() * 2 ** 32)));
  for (const name of names) for (const mechanism of mechanisms) understood(() => faultOf(name, mechanism));
  return names;
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`--sequence: ${(error as Error).message}`);
  }
}
