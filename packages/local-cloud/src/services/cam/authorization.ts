import { CloudError } from "../../api/errors.ts";
import type { Assumptions } from "../assumptions.ts";
import { camOperation } from "./policy/known-actions.ts";
import { matchesResource } from "./policy/resources.ts";
import type { Role } from "./role/state.ts";
import type { Core } from "./state.ts";

/** What a decision depends on. */
export type AuthorizationCore = Pick<Core, "state" | "assumptions" | "now">;

/** What a role wants to do. */
export interface Operation {
  /** The service and the action of the API. */
  readonly service: string;
  readonly action: string;
  /** The names of the resources that it is about; none: it is about no particular one. */
  readonly resources: readonly string[];
}

/**
 * Whether the role's policies let it do this: an explicit deny wins, then an allow is needed. A statement with resources
 * applies to calls that are about these and no others; an allow of them does not cover a call about no resource.
 */
export function isAllowed(
  core: AuthorizationCore,
  roleName: string,
  { service, action, resources }: Operation,
): boolean {
  const role = core.state.roles.get(roleName);
  if (!role || isNoCamAction(action, core.assumptions)) return false;
  const operation = camOperation(service, action);
  const statements = effectivePolicies(core, role)
    .flatMap((id) => core.state.policies.get(id)?.document.statements ?? [])
    .filter((statement) => statement.actions.some((pattern) => matches(pattern, operation)));
  const denied = statements.some(
    ({ effect, resources: patterns }) => effect === "deny" && concerns(patterns, resources),
  );
  return (
    !denied && statements.some(({ effect, resources: patterns }) => effect === "allow" && covers(patterns, resources))
  );
}

const isNoCamAction = (action: string, assumptions: Assumptions) =>
  action === "DescribeVpcTaskResult" && assumptions["describe-vpc-task-result"] !== "allowed";

/** How long an attachment takes to have its effect where it takes time, in ms. */
const propagationMs = 60_000;

function effectivePolicies(
  { assumptions, now }: AuthorizationCore,
  { policyIds, attachedAt = {} }: Role,
): readonly number[] {
  if (assumptions["cam-propagation"] === "at-once") return policyIds;
  return policyIds.filter((id) => now() - (attachedAt[id] ?? 0) >= propagationMs);
}

const covers = (patterns: readonly string[], resources: readonly string[]) =>
  patterns.includes("*") ||
  (resources.length > 0 &&
    resources.every((resource) => patterns.some((pattern) => matchesResource(pattern, resource))));

const concerns = (patterns: readonly string[], resources: readonly string[]) =>
  patterns.includes("*") ||
  resources.some((resource) => patterns.some((pattern) => matchesResource(pattern, resource)));

/** What a call without permission is answered. */
export const unauthorizedOperation = (action: string, requestId: string) =>
  new CloudError(
    "UnauthorizedOperation",
    `[request id:${requestId}]you are not authorized to perform operation (${action})\nresource (*) has no permission\n`,
  );

function matches(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(action);
}
