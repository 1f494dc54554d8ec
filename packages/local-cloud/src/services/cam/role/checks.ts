import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import type { Role } from "./state.ts";

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
