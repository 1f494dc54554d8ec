import { FAULTS } from "../faults/index.ts";

/** Faults that are rehearsed together, by a name that `--fault` takes in place of theirs. */
interface FaultChoice {
  /** The faults' names. */
  readonly faults: readonly string[];
  /** How long the pair must be well after each, in s, if nothing else is said. */
  readonly stableS: number;
}

/** What there is to choose. */
export const FAULT_CHOICES = {
  /** What the pair is for, in about three minutes: the faults of `npm start`. */
  short: {
    faults: ["notified-during-a-run", "keepalived-stopped", "keepalived-killed", "node-crashed"],
    stableS: 2,
  },
  /** Each group of faults with each mechanism, in at most eight minutes with two labs side by side. */
  ci: {
    faults: [
      "keepalived-stopped",
      "keepalived-killed",
      "check-fails",
      "node-crashed",
      "cable-pulled",
      "api-internal-errors",
      "credentials-expired",
      "address-moved-once",
      "eip-unbound-from-havip",
      "pairctl-killed",
      "boot-secondary-first",
      "failover-during-failover",
    ],
    stableS: 2,
  },
  all: { faults: FAULTS.map(({ name }) => name), stableS: 15 },
} as const satisfies Record<string, FaultChoice>;

/** The name of a choice. */
export type FaultChoiceName = keyof typeof FAULT_CHOICES;

/** The names of all choices. */
export const FAULT_CHOICE_NAMES = Object.keys(FAULT_CHOICES) as FaultChoiceName[];
