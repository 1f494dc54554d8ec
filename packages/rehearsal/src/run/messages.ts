import type { Assumptions } from "local-cloud";
import type { StackChoice } from "../stack/stack.ts";
import type { Mechanism } from "pairctl/contract";
import type { Role, RunRecord, TimelineEvent, Via } from "../report/run-record.ts";

/** One fault that a lab is to go through. */
export interface PlannedRun {
  /** The fault's name. */
  readonly fault: string;
  /** Which run of this fault it is, from 1 on. */
  readonly repetition: number;
  /** What its random choices are made from. */
  readonly seed: number;
  /**
   * What is assumed of the cloud from the run's beginning on, beside what the lab was set up with.
   *
   * @default - nothing else
   */
  readonly assumptions?: Partial<Assumptions>;
  /**
   * How much longer the outage may last than the fault's bound says, in ms.
   *
   * @default 0
   */
  readonly graceMs?: number;
}

/** What the process of one lab is told when it is started. */
export interface LabSpec {
  /** The pair of a synthesized stack; null: main.ts is synthesized. */
  readonly stack: StackChoice | null;
  /** Path of the settings file that main.ts is synthesized from. */
  readonly settingsFile: string;
  /** What to change in it, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mechanism: Mechanism;
  /** Path of the nodes' root filesystem. */
  readonly rootFilesystem: string;
  /** Path of packages that the nodes install, to lay over it; null where it has all of them. */
  readonly packages: string | null;
  /** How that is called in reports. */
  readonly system: string;
  /** The lab's cgroups, one in each of systemd's hierarchies. */
  readonly cgroups: readonly string[];
  /** Where the provider is, to deploy the stack with it; null to put its resources into the cloud without. */
  readonly plugins: string | null;
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
  /** How long the pair must be well after each fault, without a change. */
  readonly stableMs: number;
  /** What is assumed of the cloud where that is not what is believed. */
  readonly assumptions: Partial<Assumptions>;
  /**
   * The name of the variant as which the pair or its world is broken on purpose.
   *
   * @default - none: nothing is broken
   */
  readonly variant?: string;
}

/** What the process of a lab is told each time when it is ready. */
export type LabCommand =
  /** Take the pair through a fault. */
  | { readonly kind: "run"; readonly run: PlannedRun }
  /** Leave the pair running, to look around in. */
  | { readonly kind: "keep" }
  /** Nothing is left to do. */
  | { readonly kind: "end" };

/**
 * How far a run is: the fault lasts; it heals; the pair has to become well, and stay so; everything else is looked at;
 * the standby has to take over.
 */
export type RunPhase = "fault" | "healing" | "settling" | "audit" | "closing failover";

/** What the process of a lab tells. */
export type LabMessage =
  /** Progress, for people to read. */
  | { readonly kind: "says"; readonly line: string }
  /** It waits for a command; where the pair is not well, any but a run. */
  | { readonly kind: "ready"; readonly isWell: boolean }
  /** A fault begins. */
  | { readonly kind: "begins"; readonly run: PlannedRun; readonly victim: Role; readonly convergeBoundMs: number }
  /** A run comes to its next phase. */
  | { readonly kind: "phase"; readonly phase: RunPhase }
  | { readonly kind: "event"; readonly event: TimelineEvent }
  /** Who answers the client through an address from a moment on: a node, both, or nobody. */
  | { readonly kind: "client"; readonly via: Via; readonly answeredBy: readonly string[]; readonly since: number }
  /** A fault and its healing are over. */
  | { readonly kind: "run"; readonly record: RunRecord }
  /** The pair stays up. */
  | { readonly kind: "kept" }
  /** The lab is about to end, and the client asks no more. */
  | { readonly kind: "ends" }
  /** The lab is at its end before its time, and why. */
  | { readonly kind: "failed"; readonly cause: string };
