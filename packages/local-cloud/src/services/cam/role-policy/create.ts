import { resourceNotFound } from "../../../api/errors.ts";
import type { Core } from "../../core.ts";
import { get } from "../../store.ts";

/** Which policy goes to which role; the policy by name or by id. */
export interface AttachmentOptions {
  readonly roleName: string;
  readonly policyName?: string;
  readonly policyId?: number;
}

/** Attaching what is attached changes nothing. @throws CloudError `ResourceNotFound` */
export function attachPolicyToRole({ state }: Core, { roleName, policyName, policyId }: AttachmentOptions): void {
  const role = get(state.roles, "RoleName", roleName);
  const policy = [...state.policies.values()].find((other) =>
    policyId === undefined ? other.policyName === policyName : other.policyId === policyId,
  );
  if (!policy) throw resourceNotFound("PolicyId", String(policyId ?? policyName));
  if (!role.policyIds.includes(policy.policyId)) role.policyIds.push(policy.policyId);
}
