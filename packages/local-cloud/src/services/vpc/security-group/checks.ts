import { CloudError, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core, State } from "../state.ts";
import type { SecurityGroup } from "./state.ts";

/** How long the descriptions of groups and rules may be. Source: the VPC API's description of GroupDescription. */
export const maxDescription = 100;

/**
 * @param malformedCode - what the action calls an id that is none
 * @throws CloudError that, or `ResourceNotFound`
 */
export function getSecurityGroup({ state }: Core, id: string, malformedCode?: string): SecurityGroup {
  checkSecurityGroupId(id, malformedCode);
  const group = state.securityGroups.get(id);
  if (!group) throw resourceNotFound("SecurityGroupId", id);
  return group;
}

/**
 * @param malformedCode - what the action calls an id that is none
 * @throws CloudError that
 */
export function checkSecurityGroupId(id: string, malformedCode = "InvalidParameterValue.Malformed"): void {
  if (isId("sg", id)) return;
  throw new CloudError(malformedCode, `The value \`${id}\` of \`SecurityGroupId\` is malformed.`);
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
