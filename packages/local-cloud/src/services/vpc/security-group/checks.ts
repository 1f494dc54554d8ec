import { CloudError, resourceNotFound } from "../../../api/errors.ts";
import type { Core, State } from "../state.ts";
import type { SecurityGroup } from "./state.ts";

/** How long the descriptions of groups and rules may be. Source: the VPC API's description of GroupDescription. */
export const maxDescription = 100;

/** @throws CloudError `InvalidSecurityGroupID.Malformed` or `ResourceNotFound` */
export function getSecurityGroup({ state }: Core, id: string): SecurityGroup {
  checkSecurityGroupId(id);
  const group = state.securityGroups.get(id);
  if (!group) throw resourceNotFound("SecurityGroupId", id);
  return group;
}

/** @throws CloudError `InvalidSecurityGroupID.Malformed` */
export function checkSecurityGroupId(id: string): void {
  if (/^sg-[0-9a-z]{8,}$/.test(id)) return;
  throw new CloudError("InvalidSecurityGroupID.Malformed", `The value \`${id}\` of \`SecurityGroupId\` is malformed.`);
}

/** The ids of what has a security group, and of the groups whose rules name it. */
export function users(state: State, id: string) {
  return {
    instances: [...state.instances.values()]
      .filter(({ securityGroupIds }) => securityGroupIds.includes(id))
      .map(({ instanceId }) => instanceId),
    networkInterfaces: [...state.networkInterfaces.values()]
      .filter(({ primary, securityGroupIds }) => !primary && securityGroupIds.includes(id))
      .map(({ networkInterfaceId }) => networkInterfaceId),
    groups: [...state.securityGroups.values()]
      .filter(({ securityGroupId }) => securityGroupId !== id)
      .filter(({ ingress, egress }) => [...ingress, ...egress].some((rule) => rule.securityGroupId === id))
      .map(({ securityGroupId }) => securityGroupId),
  };
}
