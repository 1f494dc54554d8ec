import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import type { Policy } from "./state.ts";

/** @param code - what the action calls a policy that is not there */
export function findPolicy({ state }: Core, policyId: number, code = "InvalidParameter.PolicyIdNotExist"): Policy {
  const policy = state.policies.get(policyId);
  if (!policy) throw new CloudError(code, `The policy \`${policyId}\` does not exist.`);
  return policy;
}

/** @throws CloudError `InvalidParameter.PolicyNameError` */
export function checkPolicyName(name: string): void {
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) {
    throw new CloudError("InvalidParameter.PolicyNameError", `The policy name \`${name}\` is not valid.`);
  }
}
