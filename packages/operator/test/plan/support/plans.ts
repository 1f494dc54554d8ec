import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { judge } from "../../../src/plan/judge.ts";
import type { PlanReport } from "../../../src/plan/finding.ts";
import { type Plan, planOf } from "../../../src/plan/plan.ts";
import type { PlanJson, ResourceChange } from "../../../src/plan/plan-json.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import type { Verdict } from "../../../src/plan/verdict.ts";

/** The plans that were made by Terraform and the real provider, by name: see `../recorded-plans.judge.test.ts`. */
export const RECORDED = join(import.meta.dirname, "..", "plans");

/** Where a recorded plan is. */
export const recordedFile = (name: string) => join(RECORDED, `${name}.json`);

/** A recorded plan as JSON, to be changed. */
export function recordedJson(name: string): PlanJson {
  return readPlan(readFileSync(recordedFile(name)), name);
}

/** A recorded plan. */
export const recorded = (name: string): Plan => planOf(recordedJson(name), name);

/** What is said of a recorded plan. */
export const reportOf = (name: string, ...allowed: readonly Verdict[]): PlanReport => judge(recorded(name), allowed);

/** What is said of a plan. */
export const judged = (json: PlanJson, ...allowed: readonly Verdict[]): PlanReport =>
  judge(planOf(json, "it"), allowed);

/** A plan in which some resources have other changes. */
export function withChange(
  json: PlanJson,
  isMeant: (resource: ResourceChange) => boolean,
  change: (resource: ResourceChange) => Partial<ResourceChange["change"]>,
): PlanJson {
  return {
    ...json,
    resource_changes: json.resource_changes.map((each) =>
      isMeant(each) ? { ...each, change: { ...each.change, ...change(each) } } : each,
    ),
  };
}

/** A plan in which attributes of some resources change. */
export function withAttributes(
  json: PlanJson,
  isMeant: (resource: ResourceChange) => boolean,
  attributes: Readonly<Record<string, unknown>>,
): PlanJson {
  return withChange(json, isMeant, ({ change }) => ({
    actions: ["update"],
    after: { ...change.before, ...attributes },
  }));
}

/** The instances of a plan: of one role, or both. */
export const node =
  (role: "primary" | "secondary" | "" = "") =>
  ({ type, change }: ResourceChange) =>
    type === "tencentcloud_instance" && String(change.before?.["instance_name"]).endsWith(role);

/** Resources of a type. */
export const ofType =
  (wanted: string) =>
  ({ type }: ResourceChange) =>
    type === wanted;

/** Packed user data, changed as a text. */
export function repacked(userData: unknown, change: (text: string) => string): string {
  return gzipSync(change(gunzipSync(Buffer.from(String(userData), "base64")).toString("utf8"))).toString("base64");
}
