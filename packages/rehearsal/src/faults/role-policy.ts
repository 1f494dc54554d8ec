import type { Lab } from "../lab/lab.ts";

/** Attaches pairctl's policy to its role, or detaches it, as the account's owner. @throws where the stack has no role */
export async function setRolePolicy(lab: Lab, verb: "Attach" | "Detach"): Promise<void> {
  const { policyId, roleName } = rolePolicy(lab);
  const role = verb === "Attach" ? { AttachRoleName: roleName } : { DetachRoleName: roleName };
  await lab.owner.call("cam", `${verb}RolePolicy`, { PolicyId: policyId, ...role });
}

/**
 * Writes pairctl's policy anew, as the account's owner.
 *
 * @param rewrite - gets the policy's document as JSON
 * @throws where the stack has no role, or that changes nothing
 */
export async function rewriteRolePolicy(lab: Lab, rewrite: (document: string) => string): Promise<void> {
  const { policyId, text } = rolePolicy(lab);
  const document = rewrite(text);
  if (document === text) throw new Error(`the role's policy is as it was: ${text}`);
  await lab.owner.call("cam", "UpdatePolicy", { PolicyId: policyId, PolicyDocument: document });
}

/** @throws where the stack has no role */
function rolePolicy({ stack, cloud }: Lab) {
  const roleName = stack.role?.roleName;
  const policy = [...cloud.state.policies.values()].find(({ policyName }) => policyName === roleName);
  if (roleName === undefined || policy === undefined) throw new Error("the stack has no role with a policy of its own");
  return { ...policy, roleName };
}
