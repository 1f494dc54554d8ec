import { type AssumptionName, type Assumptions, ASSUMPTIONS, randomNumbers } from "local-cloud";
import { type Mechanism, MECHANISMS } from "pairctl/contract";

/** How a pair ends where a reading is not the one that is believed, and what trying that takes. */
interface Consequence {
  /** The mechanisms that it concerns. */
  readonly mechanisms: readonly Mechanism[];
  /** Whether it is about the first boot: then the pair is booted under it. Otherwise a pair that serves meets with it. */
  readonly atBoot: boolean;
  /** How much later than usual a pair serves after its first boot, in ms. @default 0 */
  readonly latenessMs?: number;
  /** How much longer than usual a failover takes, in ms. @default 0 */
  readonly graceMs?: number;
  /** What is said at the first boot, where the pair cannot serve. @default - the pair serves */
  readonly says?: RegExp;
}

const SECONDARY_PRIVATE_IP = ["secondary-private-ip"] as const;
const HAVIP = ["havip"] as const;

/** An EIP that does not follow by itself: pairctl waits 2 s whether it does, and each of two calls has a task. */
const EIP_IS_BOUND_AGAIN_MS = 8000;

/** Of each assumption. One that is added to the local cloud does not compile without. */
export const CONSEQUENCES: Readonly<Record<AssumptionName, Consequence>> = {
  "migration-from-free-eni": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: true, latenessMs: 10_000 },
  "eip-of-migrated-address": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false, graceMs: EIP_IS_BOUND_AGAIN_MS },
  "address-ip-filter": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false },
  "interface-address-order": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false },
  // A policy that names the action is refused when it is made.
  "describe-vpc-task-result": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: true },
  "task-result": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false },
  "migrating-state": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false },
  "cam-propagation": { mechanisms: MECHANISMS, atBoot: true, latenessMs: 80_000 },
  "associate-pending-address": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: false },
  "internal-endpoint": { mechanisms: MECHANISMS, atBoot: false },
  "gratuitous-arp": { mechanisms: HAVIP, atBoot: false, graceMs: 5000 },
  "ha-vip-association": { mechanisms: HAVIP, atBoot: true, latenessMs: 45_000 },
  "user-data": {
    mechanisms: MECHANISMS,
    atBoot: true,
    says: /cloud-init cannot read the user data, which is gzip: .*; boot/,
  },
  "role-in-metadata": { mechanisms: MECHANISMS, atBoot: true, latenessMs: 110_000 },
};

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

/** Several of them at a time, drawn from a seed: of those with which a pair serves, each with a chance of one half. */
export function combinedTrials(mechanisms: readonly Mechanism[], count: number, seed: number): Trial[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const mechanism = mechanisms[index % mechanisms.length] as Mechanism;
    const names = NAMES.filter((name) => CONSEQUENCES[name].mechanisms.includes(mechanism) && !CONSEQUENCES[name].says);
    const drawn = names.filter(() => random() < 0.5);
    const chosen = drawn.map((name) => {
      const readings = otherReadings(name);
      return [name, readings[Math.floor(random() * readings.length)]];
    });
    return { mechanism, assumptions: Object.fromEntries(chosen) as Partial<Assumptions> };
  });
}

/** The names of all assumptions. */
export const NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];

/** The readings of an assumption that are not believed. */
export function otherReadings(name: AssumptionName): readonly string[] {
  return ASSUMPTIONS[name].readings.slice(1);
}

/** The names of what is assumed otherwise than it is believed. */
function switched(assumptions: Partial<Assumptions>): AssumptionName[] {
  return NAMES.filter((name) => otherReadings(name).includes(assumptions[name] as string));
}

/** Whether a pair has to be booted for a trial: a running one does not meet with it. */
export function isAtBoot({ assumptions }: Trial): boolean {
  return switched(assumptions).length !== 1 || switched(assumptions).some((name) => CONSEQUENCES[name].atBoot);
}

/** How much later a pair may serve after its first boot, in ms, since the cloud gives late what it needs. */
export function latenessMs(assumptions: Partial<Assumptions>): number {
  return switched(assumptions).reduce((sum, name) => sum + (CONSEQUENCES[name].latenessMs ?? 0), 0);
}

/** How much longer its failover may take, in ms. */
export function graceMs(assumptions: Partial<Assumptions>): number {
  return switched(assumptions).reduce((sum, name) => sum + (CONSEQUENCES[name].graceMs ?? 0), 0);
}

/** What must be said at the first boot where the pair cannot serve; undefined: it must serve. */
export function mustSay(assumptions: Partial<Assumptions>): RegExp | undefined {
  return switched(assumptions).flatMap((name) => CONSEQUENCES[name].says ?? [])[0];
}

/** In the words of the command line. */
export function named({ assumptions }: Pick<Trial, "assumptions">): string {
  return Object.entries(assumptions)
    .map(([name, reading]) => `${name}=${reading}`)
    .join(", ");
}
