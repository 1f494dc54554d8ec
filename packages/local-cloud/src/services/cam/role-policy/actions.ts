import { integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { known } from "../../store.ts";
import { findPolicy } from "../policy/checks.ts";
import { findRole } from "../role/checks.ts";
import { camTime, defineAction, pageOf, pageParameters } from "../service.ts";
import { attach } from "./create.ts";

/** Lets a role do what a policy allows. */
export const attachRolePolicy = defineAction(
  "AttachRolePolicy",
  object({
    PolicyId: integer,
    AttachRoleId: optional(string),
    AttachRoleName: optional(string),
    PolicyName: unsupported,
  }),
  (core, { PolicyId, AttachRoleId, AttachRoleName }) => {
    const role = findRole(core, AttachRoleId, AttachRoleName);
    findPolicy(core, PolicyId);
    attach(core, role, PolicyId);
    return {};
  },
);

/** The policies that a role has, page by page. */
export const listAttachedRolePolicies = defineAction(
  "ListAttachedRolePolicies",
  object({
    ...pageParameters,
    RoleId: optional(string),
    RoleName: optional(string),
    PolicyType: unsupported,
    Keyword: unsupported,
  }),
  (core, { RoleId, RoleName, ...page }) => {
    const { policyIds } = findRole(core, RoleId, RoleName);
    const policies = policyIds.map((id) => known(core.state.policies, id));
    return {
      TotalNum: policies.length,
      List: pageOf(policies, page).map(({ policyId, policyName, description, createdAt }) => ({
        PolicyId: policyId,
        PolicyName: policyName,
        AddTime: camTime(createdAt),
        PolicyType: "User",
        CreateMode: 2,
        Deactived: 0,
        DeactivedDetail: [],
        Description: description,
      })),
    };
  },
);

/** Takes a policy from a role. */
export const detachRolePolicy = defineAction(
  "DetachRolePolicy",
  object({
    PolicyId: integer,
    DetachRoleId: optional(string),
    DetachRoleName: optional(string),
    PolicyName: unsupported,
  }),
  (core, { PolicyId, DetachRoleId, DetachRoleName }) => {
    const role = findRole(core, DetachRoleId, DetachRoleName);
    findPolicy(core, PolicyId);
    role.policyIds = role.policyIds.filter((id) => id !== PolicyId);
    return {};
  },
);
