import { CloudError } from "../../../api/errors.ts";
import { letsCvmAssume } from "../../cam/index.ts";
import type { Core } from "../state.ts";

/**
 * Whether an instance may have this role.
 *
 * @throws CloudError `AuthFailure.CamRoleNameAuthenticateFailed` if it is not there, or another service's
 */
export function checkCamRole({ state }: Core, roleName: string): void {
  const role = state.roles.get(roleName);
  if (role && letsCvmAssume(role.trustPolicy)) return;
  throw new CloudError(
    "AuthFailure.CamRoleNameAuthenticateFailed",
    role ? `CVMs may not assume the role \`${roleName}\`.` : `The role \`${roleName}\` does not exist.`,
  );
}
