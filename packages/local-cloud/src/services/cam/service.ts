import type { Core } from "../../action.ts";
import { CloudError } from "../../errors.ts";
import { integer, optional } from "../../parameters.ts";
import type { Policy, Role } from "../../state.ts";

/** Name and version of the CAM API. */
export const camService = { service: "cam", version: "2019-01-16" } as const;

/** How CAM's lists are paged: page by page, from 1. */
export const pageParameters = { Page: optional(integer), Rp: optional(integer) };

const maxPageSize = 200;

/** @throws CloudError `InvalidParameter.ParamError` */
export function pageOf<T>(
  items: readonly T[],
  { Page = 1, Rp = 20 }: { Page?: number | undefined; Rp?: number | undefined },
): T[] {
  if (Page < 1 || Rp < 1 || Rp > maxPageSize) {
    throw new CloudError("InvalidParameter.ParamError", `\`Page\` is 1 or more and \`Rp\` 1 to ${maxPageSize}.`);
  }
  return items.slice((Page - 1) * Rp, Page * Rp);
}

/** The role with this id or name. @throws CloudError `InvalidParameter.RoleNotExist`, `.ParamError` if neither is given */
export function findRole({ state }: Core, roleId: string | undefined, roleName: string | undefined): Role {
  if (roleId === undefined && roleName === undefined) {
    throw new CloudError("InvalidParameter.ParamError", "One of `RoleId` and `RoleName` must be specified.");
  }
  const role = [...state.roles.values()].find((other) =>
    roleId === undefined ? other.roleName === roleName : other.roleId === roleId,
  );
  if (role) return role;
  throw new CloudError("InvalidParameter.RoleNotExist", `The role \`${roleId ?? roleName}\` does not exist.`);
}

/** @param code - what the action calls a policy that is not there */
export function findPolicy({ state }: Core, policyId: number, code = "InvalidParameter.PolicyIdNotExist"): Policy {
  const policy = state.policies.get(policyId);
  if (!policy) throw new CloudError(code, `The policy \`${policyId}\` does not exist.`);
  return policy;
}

/** CAM's form of a point in time. */
export const camTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
