import { resourceNotFound } from "../../../api/errors.ts";
import { get } from "../../store.ts";
import type { Role } from "../role/state.ts";
import type { Core } from "../state.ts";

/** Which policy goes to which role; the policy by name or by id. */
export interface AttachmentOptions {
  readonly roleName: string;
  readonly policyName?: string;
  readonly policyId?: number;
}

/**
 * Finds both, and lets the role do what the policy allows.
 *
 * @throws CloudError `ResourceNotFound`
 */
export function attachPolicyToRole(core: Core, { roleName, policyName, policyId }: AttachmentOptions): void {
  const { state } = core;
  const role = get(state.roles, "RoleName", roleName);
  const policy = [...state.policies.values()].find((other) =>
    policyId === undefined ? other.policyName === policyName : other.policyId === policyId,
  );
  if (!policy) throw resourceNotFound("PolicyId", String(policyId ?? policyName));
  attach(core, role, policy.policyId);
}

/** Attaching what is attached changes nothing. */
export function attach({ now }: Core, role: Role, policyId: number): void {
  if (role.policyIds.includes(policyId)) return;
  role.policyIds.push(policyId);
  role.attachedAt = { ...role.attachedAt, [policyId]: now() };
}
