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
  /** @default - none */
  readonly description?: string;
}

const firstRoleId = 4_611_686_018_400_000_001n;

/** A role, which may do nothing until policies are attached. */
export function createRole({ state, now }: Core, options: RoleOptions): Role {
  const { roleName, trustPolicy = cvmMayAssume, description = "" } = options;
  const ids = [...state.roles.values()].map(({ roleId }) => BigInt(roleId));
  const roleId = String(ids.reduce((highest, id) => (id > highest ? id : highest), firstRoleId - 1n) + 1n);
  return add(state.roles, roleName, { roleId, roleName, description, trustPolicy, policyIds: [], createdAt: now() });
}

/** A policy to create. */
export interface PolicyOptions {
  /** @default - the next one */
  readonly policyId?: number;
  readonly policyName: string;
  /** The document, as an object or as JSON. */
  readonly document: unknown;
  /** @default - none */
  readonly description?: string;
}

const firstPolicyId = 200_000_001;

/** @throws CloudError if the document is wrong or cannot be evaluated here, or name or id are taken */
export function createPolicy({ state, now }: Core, options: PolicyOptions): Policy {
  const { policies } = state;
  const { policyId = Math.max(firstPolicyId - 1, ...policies.keys()) + 1, policyName, description = "" } = options;
  const document = parsePolicyDocument(options.document);
  const text = typeof options.document === "string" ? options.document : JSON.stringify(options.document);
  if (policies.has(policyId) || [...policies.values()].some((policy) => policy.policyName === policyName)) {
    throw new CloudError(
      "FailedOperation.PolicyNameInUse",
      `The policy \`${policyName}\` (${policyId}) already exists.`,
    );
  }
  const policy = { policyId, policyName, description, document, text, createdAt: now() };
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
