import type { PairStatus } from "../audit/pair-watch.ts";
import type { RunRecord, TimelineEvent } from "../report/run-record.ts";
import type { Mechanism } from "pairctl/contract";

/** One fault that a lab is to go through. */
export interface PlannedRun {
  /** The fault's name. */
  readonly fault: string;
  /** Which run of this fault it is, from 1 on. */
  readonly repetition: number;
  /** What its random choices are made from. */
  readonly seed: number;
}

/** What the process of one lab is told. */
export interface LabSpec {
  /** Path of the settings file that main.ts is synthesized from. */
  readonly settingsFile: string;
  /** What to change in it, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mechanism: Mechanism;
  /** Path of the nodes' root filesystem. */
  readonly rootFilesystem: string;
  /** How that is called in reports. */
  readonly system: string;
  /** The run's cgroups, one in each of systemd's hierarchies. */
  readonly cgroups: readonly string[];
  readonly plan: readonly PlannedRun[];
  /** Where the provider is, to deploy the stack with it; null to put its resources into the cloud without. */
  readonly plugins: string | null;
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
  /** How long the pair must be well after each fault, without a change. */
  readonly stableMs: number;
  /** Whether the pair stays up at the end, to look around in. */
  readonly keep: boolean;
}

/** What the process of a lab tells. */
export type LabMessage =
  /** A fault begins. */
  | { readonly kind: "begins"; readonly run: PlannedRun }
  | { readonly kind: "event"; readonly event: TimelineEvent }
  /** How the pair is from now on. */
  | { readonly kind: "status"; readonly status: PairStatus }
  /** A fault and its healing are over. */
  | { readonly kind: "run"; readonly record: RunRecord }
  /** All is done, and the pair stays up. */
  | { readonly kind: "kept" };
