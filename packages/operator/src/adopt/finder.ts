import type { PairCloud } from "../cloud/actions.ts";
import type { StackResource } from "./stack.ts";

/** What the cloud has otherwise than the stack, and the provider cannot change: it would replace the resource. */
export interface Difference {
  readonly argument: string;
  readonly wanted: string;
  readonly has: string;
}

/** Something in the cloud that may be a resource of the stack. */
export interface Candidate {
  /** What the provider imports it by. */
  readonly id: string;
  /** What it is, for a person, such as `vpc-11111111 (web, 10.0.0.0/16)`. */
  readonly description: string;
  /** What others refer to, or look at, by the provider's names. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Why Terraform would replace it. @default - it would not */
  readonly differences?: readonly Difference[];
}

/** What was looked for, and what there is. */
export interface Looked {
  /** Such as `a VPC named web with the range 10.0.0.0/16`. */
  readonly for: string;
  readonly candidates: readonly Candidate[];
  /** What resembles it, and may be meant. @default - nothing does */
  readonly hints?: readonly Candidate[];
  /** Why it could not be made anew as things are. @default - it could */
  readonly conflict?: string;
}

/** How the resources of one type are found. */
export interface Finder {
  /** What it is, for a person. */
  readonly noun: string;
  /** Looks by what the stack says of it. */
  readonly find: (resource: StackResource, search: Search) => Promise<Looked>;
  /**
   * Looks at one that a person has chosen.
   *
   * @default - it has no id of its own, and follows from what it binds
   */
  readonly choose?: (resource: StackResource, id: string, search: Search) => Promise<Looked>;
}

/** What finders may ask. */
export interface Search {
  readonly cloud: PairCloud;
  readonly resources: readonly StackResource[];
  /** What an argument is: a literal, or what the cloud or the state has where it is a reference; undefined where nobody knows. */
  readonly value: (argument: unknown) => Promise<string | undefined>;
  /** What is known of another resource of the stack; undefined where it is not there, or not settled. */
  readonly known: (address: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Where what has to be known first is not: nothing can be there either. */
export function nowhere(what: string): Looked {
  return { for: what, candidates: [] };
}

/** What differs of arguments that cannot change; what one of the two does not say does not count. */
export function differencesOf(
  rows: readonly (readonly [argument: string, wanted: string | undefined, has: unknown])[],
): Difference[] {
  return rows.flatMap(([argument, wanted, has]) => {
    const text = typeof has === "string" || typeof has === "number" || typeof has === "boolean" ? String(has) : "";
    return wanted === undefined || text === "" || wanted === text ? [] : [{ argument, wanted, has: text }];
  });
}
