import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";

/** How many security groups an instance may have. Source: the documentation of the error code. */
const maxSecurityGroups = 5;

/** @throws CloudError `LimitExceeded.AssociateUSGLimitExceeded` or `InvalidSecurityGroupId.NotFound` */
export function checkSecurityGroups({ state }: Core, ids: readonly string[]): void {
  if (ids.length > maxSecurityGroups) {
    throw new CloudError(
      "LimitExceeded.AssociateUSGLimitExceeded",
      `An instance has at most ${maxSecurityGroups} security groups, got ${ids.length}.`,
    );
  }
  for (const id of ids) {
    if (!state.securityGroups.has(id)) {
      throw new CloudError("InvalidSecurityGroupId.NotFound", `The security group \`${id}\` does not exist.`);
    }
  }
}
