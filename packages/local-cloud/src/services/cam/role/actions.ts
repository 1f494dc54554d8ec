import { CloudError } from "../../../api/errors.ts";
import { integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { camTags, checkDescription, defineAction, pageOf, pageParameters } from "../service.ts";
import { findRole } from "./checks.ts";
import { createRole } from "./create.ts";
import { parseTrustPolicy } from "./trust-policy.ts";
import { roleView } from "./view.ts";

/** A role, which may do nothing until policies are attached. */
export const createRoleAction = defineAction(
  "CreateRole",
  object({
    RoleName: string,
    PolicyDocument: string,
    Description: optional(string),
    ConsoleLogin: optional(integer),
    SessionDuration: optional(integer),
    Tags: camTags,
  }),
  (core, { RoleName: roleName, PolicyDocument: trustPolicy, Description: description = "", Tags }) => {
    if (!/^[\w.@+=,-]{1,128}$/.test(roleName)) {
      throw new CloudError("InvalidParameter.RoleNameError", `The role name \`${roleName}\` is not valid.`);
    }
    checkDescription(description);
    if (core.state.roles.has(roleName)) {
      throw new CloudError("InvalidParameter.RoleNameInUse", `The role \`${roleName}\` already exists.`);
    }
    parseTrustPolicy(trustPolicy);
    const { roleId } = createRole(core, { roleName, trustPolicy, description });
    putTags(core.state, "cam:role", roleId, Tags);
    return { RoleId: roleId };
  },
);

/** Roles, page by page. */
export const describeRoleList = defineAction(
  "DescribeRoleList",
  object({ ...pageParameters, Tags: unsupported }),
  (core, parameters) => {
    const roles = [...core.state.roles.values()];
    return { TotalNum: roles.length, List: pageOf(roles, parameters).map((role) => roleView(core, role)) };
  },
);

/** One role. */
export const getRole = defineAction(
  "GetRole",
  object({ RoleId: optional(string), RoleName: optional(string) }),
  (core, { RoleId, RoleName }) => ({ RoleInfo: roleView(core, findRole(core, RoleId, RoleName)) }),
);

/** Changes a role's description. */
export const updateRoleDescription = defineAction(
  "UpdateRoleDescription",
  object({ Description: string, RoleId: optional(string), RoleName: optional(string) }),
  (core, { Description, RoleId, RoleName }) => {
    const role = findRole(core, RoleId, RoleName);
    checkDescription(Description);
    role.description = Description;
    return {};
  },
);

/** Changes who may assume a role. */
export const updateAssumeRolePolicy = defineAction(
  "UpdateAssumeRolePolicy",
  object({ PolicyDocument: string, RoleId: optional(string), RoleName: optional(string) }),
  (core, { PolicyDocument, RoleId, RoleName }) => {
    const role = findRole(core, RoleId, RoleName);
    parseTrustPolicy(PolicyDocument);
    role.trustPolicy = PolicyDocument;
    return {};
  },
);

/** Takes away a role, with its attachments. Instances that have it get no more credentials. */
export const deleteRole = defineAction(
  "DeleteRole",
  object({ RoleId: optional(string), RoleName: optional(string) }),
  (core, { RoleId, RoleName }) => {
    const { roleName, roleId } = findRole(core, RoleId, RoleName);
    core.state.roles.delete(roleName);
    dropTags(core.state, "cam:role", roleId);
    return {};
  },
);
