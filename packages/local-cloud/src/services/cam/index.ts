// CAM: roles, policies, and what they allow.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { createPolicyAction, deletePolicy, getPolicy, listPolicies, updatePolicy } from "./policy/actions.ts";
import { attachRolePolicy, detachRolePolicy, listAttachedRolePolicies } from "./role-policy/actions.ts";
import {
  createRoleAction,
  deleteRole,
  describeRoleList,
  getRole,
  updateAssumeRolePolicy,
  updateRoleDescription,
} from "./role/actions.ts";
import type { Core } from "./state.ts";

export { isAllowed, unauthorizedOperation } from "./authorization.ts";
export { createPolicy, type PolicyOptions } from "./policy/create.ts";
export { camOperation, checkPolicyActions } from "./policy/known-actions.ts";
export { resourcesIn } from "./policy/resources.ts";
export type { Policy } from "./policy/state.ts";
export { type AttachmentOptions, attachPolicyToRole } from "./role-policy/create.ts";
export { createRole, type RoleOptions } from "./role/create.ts";
export type { Role } from "./role/state.ts";
export { letsCvmAssume } from "./role/trust-policy.ts";
export { type CamState, camState } from "./state.ts";

/** What there is of the CAM API, version 2019-01-16. */
export const camActions: readonly Action<Core>[] = [
  createRoleAction,
  describeRoleList,
  getRole,
  updateRoleDescription,
  updateAssumeRolePolicy,
  deleteRole,
  createPolicyAction,
  getPolicy,
  listPolicies,
  updatePolicy,
  deletePolicy,
  attachRolePolicy,
  listAttachedRolePolicies,
  detachRolePolicy,
];
