import { isDeepStrictEqual } from "node:util";
import type { ResourceChange, Values } from "./plan-json.ts";

/** What a plan does with a resource. */
export type Action = "create" | "update" | "replace" | "delete" | "none";

/** An attribute that a plan changes. */
export interface AttributeChange {
  readonly name: string;
  readonly before: unknown;
  /** Undefined where it is known only after the apply. */
  readonly after: unknown;
  /** Whether it is known only after the apply. */
  readonly isUnknown: boolean;
  /** Whether Terraform holds it for a secret. */
  readonly isSecret: boolean;
  /** Whether it cannot be updated, so that the resource is replaced. */
  readonly replaces: boolean;
}

/** A resource in a plan, changed or not. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** As it is; empty where it is not there yet. */
  readonly before: Values;
  /** As it will be, as far as that is known; empty where it will not be there. */
  readonly after: Values;
  readonly attributes: readonly AttributeChange[];
  /** What it is in the cloud, where it only comes into the state, whatever else the plan does with it. */
  readonly importId?: string;
}

/** A resource of a plan, with what changes of it. */
export function plannedResource({ address, type, change }: ResourceChange): PlannedResource {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const action = actionOf(change.actions);
  return {
    address,
    type,
    action,
    before,
    after,
    attributes: action === "update" || action === "replace" ? attributeChanges(change) : [],
    ...(change.importing === undefined ? {} : { importId: change.importing.id ?? "" }),
  };
}

/** Terraform's actions: a replacement is a `delete` and a `create`, in either order. */
function actionOf(actions: readonly string[]): Action {
  const has = (name: string) => actions.includes(name);
  if (has("create")) return has("delete") ? "replace" : "create";
  if (has("delete")) return "delete";
  // Something that is only forgotten stays in the cloud as it is; a data source is only read.
  return has("update") ? "update" : "none";
}

function attributeChanges(change: ResourceChange["change"]): AttributeChange[] {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const replacing = new Set((change.replace_paths ?? []).map(([first]) => first));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...unknownNames(change.after_unknown)])];
  return names
    .map((name) => ({
      name,
      before: before[name],
      after: after[name],
      isUnknown: isMarked(change.after_unknown, name),
      isSecret: isMarked(change.before_sensitive, name) || isMarked(change.after_sensitive, name),
      replaces: replacing.has(name),
    }))
    .filter((each) => each.isUnknown || each.replaces || !isDeepStrictEqual(each.before ?? null, each.after ?? null));
}

function unknownNames(unknown: Values | boolean | undefined): string[] {
  return typeof unknown === "object" ? Object.keys(unknown) : [];
}

/** Whether a mark of Terraform's is set for an attribute, or anywhere within. */
function isMarked(marks: Values | boolean | undefined, name: string): boolean {
  return typeof marks === "object" ? hasTrue(marks[name]) : marks === true;
}

function hasTrue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return Object.values(value).some(hasTrue);
}
