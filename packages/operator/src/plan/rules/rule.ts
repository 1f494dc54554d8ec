import type { AttributeChange, PlannedResource } from "../changes.ts";
import type { PlannedPair } from "../pairs.ts";
import type { Plan } from "../plan.ts";
import type { Verdict } from "../verdict.ts";

/** What a change does, and how it is done right. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What happens, in one sentence without the full stop. */
  readonly reason: string;
  /** The command that does it right, or what to do. @default - the deploy itself is right */
  readonly remedy?: string;
}

/** Where a change is. */
export interface Situation {
  readonly resource: PlannedResource;
  readonly pair: PlannedPair;
  readonly plan: Plan;
}

/**
 * What the change of an attribute does while the resource stays. `computed`: the cloud says it, and no configuration
 * changes it. `replaces`: the provider (1.83.25) replaces the resource, so that the row of the resource says what it does.
 */
export type AttributeRule =
  "computed" | "replaces" | Judgement | ((change: AttributeChange, situation: Situation) => Judgement);

/** What it does that a resource comes, goes, or is replaced. */
export type ResourceRule = Judgement | ((situation: Situation) => Judgement);

/** Everything that can change of a resource. */
export interface ResourceRules {
  /** What it is, for a person. */
  readonly noun: string;
  readonly created: ResourceRule;
  readonly deleted: ResourceRule;
  readonly replaced: ResourceRule;
  /** Every attribute and block of the provider's schema, but for those that are in no plan (`timeouts`). */
  readonly attributes: Readonly<Record<string, AttributeRule>>;
}

/** A change that goes on without the traffic noticing it. */
export function nothing(reason: string): Judgement {
  return { verdict: "nothing", reason };
}

/** A change that fails on the way. */
export function halfDone(reason: string, remedy: string): Judgement {
  return { verdict: "half-done", reason, remedy };
}

/** A name or a tag in the console. */
export const LABEL = nothing("the label in the console changes, and nothing else");

/** What the provider keeps for itself. */
export const RECORD = nothing("it is noted in Terraform's state, and the cloud is told nothing");

/** The same rule for several attributes. */
export function rows(rule: AttributeRule, ...names: readonly string[]): Record<string, AttributeRule> {
  return Object.fromEntries(names.map((name) => [name, rule]));
}
