import { type AssumptionName, type Assumptions, randomNumbers } from "local-cloud";
import type { Mechanism } from "pairctl/contract";
import { concernsBoot, CONSEQUENCES, NAMES, otherReadings, switched } from "../timing/consequences.ts";

/** A failover of a pair under some readings that are not believed. */
export interface Trial {
  readonly mechanism: Mechanism;
  readonly assumptions: Partial<Assumptions>;
}

/** Each reading that is not believed, one at a time, with each mechanism that it concerns. */
export function singleTrials(mechanisms: readonly Mechanism[], names: readonly AssumptionName[]): Trial[] {
  return mechanisms.flatMap((mechanism) =>
    names
      .filter((name) => CONSEQUENCES[name].mechanisms.includes(mechanism))
      .flatMap((name) => otherReadings(name).map((reading) => ({ mechanism, assumptions: { [name]: reading } }))),
  );
}

/** How often a combination is drawn anew that is none, or was drawn before: there may be no other one left. */
const MOST_DRAWS = 200;

/**
 * Several of them at a time, drawn from a seed: of those with which a pair serves, each with a chance of one half. None
 * comes twice, unless more are asked for than there are.
 */
export function combinedTrials(mechanisms: readonly Mechanism[], count: number, seed: number): Trial[] {
  const random = randomNumbers(seed);
  const trials: Trial[] = [];
  for (let index = 0; index < count; index += 1) {
    const mechanism = mechanisms[index % mechanisms.length] as Mechanism;
    let trial = drawTrial(mechanism, random);
    for (let draws = 1; draws < MOST_DRAWS && trials.some((other) => areSame(other, trial)); draws += 1) {
      trial = drawTrial(mechanism, random);
    }
    trials.push(trial);
  }
  return trials;
}

/**
 * A trial under two readings or more: one alone is no combination.
 *
 * @param random gives numbers from 0 to 1
 * @throws where it draws none
 */
export function drawTrial(mechanism: Mechanism, random: () => number): Trial {
  const names = NAMES.filter((name) => CONSEQUENCES[name].mechanisms.includes(mechanism) && !CONSEQUENCES[name].says);
  let drawn: AssumptionName[] = [];
  for (let draws = 0; drawn.length < 2 && draws < MOST_DRAWS; draws += 1) drawn = names.filter(() => random() < 0.5);
  if (drawn.length < 2) throw new Error(`no combination of ${mechanism} was drawn in ${MOST_DRAWS} tries`);
  const chosen = drawn.map((name) => {
    const readings = otherReadings(name);
    return [name, readings[Math.floor(random() * readings.length)]];
  });
  return { mechanism, assumptions: Object.fromEntries(chosen) as Partial<Assumptions> };
}

const areSame = (one: Trial, other: Trial) => one.mechanism === other.mechanism && named(one) === named(other);

/** Whether a pair has to be booted for a trial: a running one does not meet with it. */
export function isAtBoot({ assumptions }: Trial): boolean {
  return switched(assumptions).length !== 1 || concernsBoot(assumptions);
}

/** In the words of the command line. */
export function named({ assumptions }: Pick<Trial, "assumptions">): string {
  return Object.entries(assumptions)
    .map(([name, reading]) => `${name}=${reading}`)
    .join(", ");
}
