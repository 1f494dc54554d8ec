import type { Mechanism } from "pairctl/contract";
import type { Fault } from "../faults/fault.ts";
import { conflict, type Grip } from "../faults/lever.ts";
import type { Role } from "../report/run-record.ts";
import { randomNumbers } from "local-cloud";
import type { Sequence, Strike } from "./sequence.ts";

/** What a sequence is made of. */
export interface GeneratorOptions {
  /** The faults to choose from: those that say what they take hold of, and are for the mechanism, are chosen. */
  readonly faults: readonly Fault[];
  readonly mechanism: Mechanism;
  /** How many faults it has. */
  readonly steps: number;
  /** The same seed makes the same sequence. */
  readonly seed: number;
}

/** The longest pause between the beginnings of two faults, in ms. Most last longer, so that they overlap. */
const LONGEST_PAUSE_MS = 5_000;
/** A fault lasts up to so much longer than it must, in ms. */
const LONGEST_MORE_MS = 8_000;
/** How long a fault lasts that does not say it: as in a campaign. */
const LASTS_MS = 2_000;
const ROUND_MS = 100;

/** Makes a sequence at random. Two faults that take hold of the same are never under way at the same time. */
export function generateSequence({ faults, mechanism, steps, seed }: GeneratorOptions): Sequence {
  const random = randomNumbers(seed);
  const upTo = (ms: number) => ROUND_MS * Math.floor((random() * ms) / ROUND_MS);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const choices = faults.filter((fault) => isChosen(fault, mechanism));
  const strikes: { readonly fault: Fault; readonly strike: Strike }[] = [];
  for (let fromMs = 0; strikes.length < steps && choices.length > 0; fromMs += ROUND_MS + upTo(LONGEST_PAUSE_MS)) {
    const node = pick(NODES) ?? "primary";
    const underWay = strikes.filter(({ strike }) => strike.toMs > fromMs);
    const fault = pick(
      choices.filter((choice) => underWay.every((other) => !collides({ fault: choice, node }, other))),
    );
    // Where everything is taken, something heals later on.
    if (fault === undefined) continue;
    const toMs = fromMs + ROUND_MS + (fault.lastsMs ?? LASTS_MS) + upTo(LONGEST_MORE_MS);
    strikes.push({ fault, strike: { fault: fault.name, node, fromMs, toMs } });
  }
  return strikes.map(({ strike }) => strike);
}

const NODES: readonly Role[] = ["primary", "secondary"];

/** Whether a fault can be in a sequence. */
export function isChosen({ levers, mechanisms = [] }: Fault, mechanism: Mechanism): boolean {
  return levers !== undefined && (mechanisms.length === 0 || mechanisms.includes(mechanism));
}

function collides(one: { fault: Fault; node: Role }, other: { fault: Fault; strike: Strike }): boolean {
  const held: Grip = { levers: other.fault.levers, node: other.strike.node };
  return conflict({ levers: one.fault.levers, node: one.node }, held);
}
