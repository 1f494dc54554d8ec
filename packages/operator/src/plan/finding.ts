import type { Mechanism, NodeRole } from "pairctl/contract";
import type { Action } from "./changes.ts";
import type { TextDiff } from "./user-data/user-data-diff.ts";
import type { Verdict } from "./verdict.ts";

/** One change of a plan, and what it does to the traffic. */
export interface Finding {
  /** The pair's name. */
  readonly pair: string;
  readonly address: string;
  /** What the resource is, for a person. */
  readonly noun: string;
  /** Which node it is, where it is one. */
  readonly role?: NodeRole;
  readonly action: Action;
  /** What changes, such as `instance_type: S5.MEDIUM2 → S5.LARGE8`, without secrets. */
  readonly what: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** What to do, where the deploy itself is not right. */
  readonly remedy?: string;
  /** Whether the plan is refused for it, unless the verdict is allowed by name. */
  readonly refused: boolean;
  /** What changes in the user data, text by text, without secrets. */
  readonly texts?: readonly TextDiff[];
}

/** A pair as it is while the plan is made. */
export interface PairSummary {
  readonly name: string;
  readonly mechanism: Mechanism;
  readonly vips: readonly string[];
  /** Which node has the address now; null where the plan does not know. */
  readonly servedBy: NodeRole | null;
}

/** A setting that the plan leaves alone on nodes that run. */
export interface LeftAlone {
  readonly pair: string;
  readonly address: string;
  readonly role: NodeRole;
  /** What the stack says and the node has, such as `hostname: web-a in the stack, web-pair-primary on the node`. */
  readonly what: string;
}

/** Something that is there already, and that the plan takes into Terraform's state. */
export interface Imported {
  readonly address: string;
  /** What the resource is, for a person. */
  readonly noun: string;
  /** What it is in the cloud. */
  readonly id: string;
}

/** What a plan does to the traffic. */
export interface PlanReport {
  readonly pairs: readonly PairSummary[];
  /** From the worst to harmless ones. */
  readonly findings: readonly Finding[];
  /** Why Terraform itself refuses the plan; empty where it does not. */
  readonly refusals: readonly string[];
  readonly leftAlone: readonly LeftAlone[];
  /** What only comes into the state; what the plan changes of it is among the findings. */
  readonly imported: readonly Imported[];
  /** How many changed resources are of no pair, and were not judged. */
  readonly others: number;
  /** The verdicts that were allowed by name. */
  readonly allowed: readonly Verdict[];
  /** The verdicts for which the plan is refused. */
  readonly refusedFor: readonly Verdict[];
  /** The worst verdict. */
  readonly worst: Verdict;
}
