import type { Action } from "../action.ts";
import { createPolicyAction, deletePolicy, getPolicy, updatePolicy } from "./policy/actions.ts";
import { attachRolePolicy, detachRolePolicy, listAttachedRolePolicies } from "./role-policy/actions.ts";
import {
  createRoleAction,
  deleteRole,
  describeRoleList,
  getRole,
  updateAssumeRolePolicy,
  updateRoleDescription,
} from "./role/actions.ts";

/** What there is of the CAM API, version 2019-01-16. */
export const camActions: readonly Action[] = [
  createRoleAction,
  describeRoleList,
  getRole,
  updateRoleDescription,
  updateAssumeRolePolicy,
  deleteRole,
  createPolicyAction,
  getPolicy,
  updatePolicy,
  deletePolicy,
  attachRolePolicy,
  listAttachedRolePolicies,
  detachRolePolicy,
];
