import type { Lab } from "../lab/lab.ts";

/** Attaches pairctl's policy to its role, or detaches it, as the account's owner. @throws where the stack has no role */
export async function setRolePolicy(lab: Lab, verb: "Attach" | "Detach"): Promise<void> {
  const roleName = lab.stack.role?.roleName;
  const policy = [...lab.cloud.state.policies.values()].find(({ policyName }) => policyName === roleName);
  if (roleName === undefined || policy === undefined) throw new Error("the stack has no role with a policy of its own");
  const role = verb === "Attach" ? { AttachRoleName: roleName } : { DetachRoleName: roleName };
  await lab.owner.call("cam", `${verb}RolePolicy`, { PolicyId: policy.policyId, ...role });
}
