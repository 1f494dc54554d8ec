import type { Core } from "../action.ts";
import { parsePolicyDocument } from "../authorization.ts";
import { CloudError, resourceNotFound } from "../errors.ts";
import type { Policy, Role } from "../state.ts";
import { add, get } from "./store.ts";

const cvmMayAssume = {
  version: "2.0",
  statement: [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }],
};

/** A role to create. */
export interface RoleOptions {
  readonly roleName: string;
  /** Kept, not evaluated. @default - CVMs may assume it */
  readonly trustPolicy?: unknown;
}

/** A role, which may do nothing until policies are attached. */
export function createRole({ state }: Core, { roleName, trustPolicy = cvmMayAssume }: RoleOptions): Role {
  return add(state.roles, roleName, { roleName, trustPolicy, policyIds: [] });
}

/** A policy to create. */
export interface PolicyOptions {
  /** @default - the next one */
  readonly policyId?: number;
  readonly policyName: string;
  /** The document, as an object or as JSON. */
  readonly document: unknown;
}

const firstPolicyId = 200_000_001;

/** @throws CloudError if the document is wrong or cannot be evaluated here, or name or id are taken */
export function createPolicy({ state }: Core, options: PolicyOptions): Policy {
  const { policies } = state;
  const { policyId = Math.max(firstPolicyId - 1, ...policies.keys()) + 1, policyName } = options;
  if (policies.has(policyId) || [...policies.values()].some((policy) => policy.policyName === policyName)) {
    throw new CloudError(
      "FailedOperation.PolicyNameInUse",
      `The policy \`${policyName}\` (${policyId}) already exists.`,
    );
  }
  const policy = { policyId, policyName, document: parsePolicyDocument(options.document) };
  policies.set(policyId, policy);
  return policy;
}

/** Which policy goes to which role; the policy by name or by id. */
export interface AttachmentOptions {
  readonly roleName: string;
  readonly policyName?: string;
  readonly policyId?: number;
}

/** Attaching what is attached changes nothing. @throws CloudError `ResourceNotFound` */
export function attachRolePolicy({ state }: Core, { roleName, policyName, policyId }: AttachmentOptions): void {
  const role = get(state.roles, "RoleName", roleName);
  const policy = [...state.policies.values()].find((other) =>
    policyId === undefined ? other.policyName === policyName : other.policyId === policyId,
  );
  if (!policy) throw resourceNotFound("PolicyId", String(policyId ?? policyName));
  if (!role.policyIds.includes(policy.policyId)) role.policyIds.push(policy.policyId);
}
