import type { Action } from "../action.ts";
import { attachRolePolicy, detachRolePolicy, listAttachedRolePolicies } from "./cam/attachments.ts";
import { createPolicyAction, deletePolicy, getPolicy, updatePolicy } from "./cam/policies.ts";
import {
  createRoleAction,
  deleteRole,
  describeRoleList,
  getRole,
  updateAssumeRolePolicy,
  updateRoleDescription,
} from "./cam/roles.ts";

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
