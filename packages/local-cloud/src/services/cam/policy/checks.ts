import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import type { Policy } from "./state.ts";

/** @param code - what the action calls a policy that is not there */
export function findPolicy({ state }: Core, policyId: number, code = "InvalidParameter.PolicyIdNotExist"): Policy {
  const policy = state.policies.get(policyId);
  if (!policy) throw new CloudError(code, `The policy \`${policyId}\` does not exist.`);
  return policy;
}

/** @throws CloudError `FailedOperation.PolicyNameInUse` if another policy than this one has the name */
export function checkPolicyNameIsFree({ state }: Pick<Core, "state">, name: string, policyId?: number): void {
  const other = [...state.policies.values()].find((policy) => policy.policyName === name);
  if (other && other.policyId !== policyId) {
    throw new CloudError(
      "FailedOperation.PolicyNameInUse",
      `The policy \`${name}\` (${other.policyId}) already exists.`,
    );
  }
}

/** @throws CloudError `InvalidParameter.PolicyNameError` */
export function checkPolicyName(name: string): void {
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) {
    throw new CloudError("InvalidParameter.PolicyNameError", `The policy name \`${name}\` is not valid.`);
  }
}
