import { type AssumptionName, type Assumptions, ASSUMPTIONS } from "local-cloud";
import { type Mechanism, MECHANISMS } from "pairctl/contract";

/** How a pair ends where a reading is not the one that is believed, and what trying that takes. */
interface Consequence {
  /** The mechanisms that it concerns. */
  readonly mechanisms: readonly Mechanism[];
  /**
   * Whether it is about the first boot: then the pair is booted under it. Otherwise a pair that serves meets with it. Or
   * the readings that are.
   */
  readonly atBoot: boolean | readonly string[];
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
  // A policy that names an action which there is not is refused when it is made; otherwise the call is.
  "describe-vpc-task-result": { mechanisms: SECONDARY_PRIVATE_IP, atBoot: ["no-such-action"] },
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

/** The names of all assumptions. */
export const NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];

/** The readings of an assumption that are not believed. */
export function otherReadings(name: AssumptionName): readonly string[] {
  return ASSUMPTIONS[name].readings.slice(1);
}

/** The names of what is assumed otherwise than it is believed. */
export function switched(assumptions: Partial<Assumptions>): AssumptionName[] {
  return NAMES.filter((name) => otherReadings(name).includes(assumptions[name] as string));
}

/** Whether some of these have to be met with at the first boot. */
export function concernsBoot(assumptions: Partial<Assumptions>): boolean {
  return switched(assumptions).some((name) => {
    const { atBoot } = CONSEQUENCES[name];
    return typeof atBoot === "boolean" ? atBoot : atBoot.includes(assumptions[name] as string);
  });
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
