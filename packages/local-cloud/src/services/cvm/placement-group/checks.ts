import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../state.ts";
import type { PlacementGroup } from "./state.ts";

const maxName = 60;

/** @throws CloudError `InvalidParameterValue.TooLong` */
export function checkGroupName(name: string): void {
  if (name.length < 1 || name.length > maxName) {
    throw new CloudError(
      "InvalidParameterValue.TooLong",
      `The name has 1 to ${maxName} characters, got ${name.length}.`,
    );
  }
}

/** @throws CloudError `InvalidParameterValue.DisasterRecoverGroupIdMalformed` */
export function checkPlacementGroupId(id: string): void {
  if (isId("ps", id)) return;
  throw new CloudError("InvalidParameterValue.DisasterRecoverGroupIdMalformed", `\`${id}\` is malformed.`);
}

/** @throws CloudError if the id is malformed or there is no such group */
export function getPlacementGroup({ state }: Core, id: string): PlacementGroup {
  checkPlacementGroupId(id);
  const group = state.placementGroups.get(id);
  if (!group) {
    throw new CloudError("ResourceNotFound.InvalidPlacementSet", `The placement group \`${id}\` does not exist.`);
  }
  return group;
}

/** Whether a placement group takes so many more instances. @throws CloudError if it is not there or full */
export function checkPlacement(core: Core, id: string, count = 1): void {
  if (!core.state.placementGroups.has(id)) {
    throw new CloudError(
      "FailedOperation.DisasterRecoverGroupNotFound",
      `The placement group \`${id}\` does not exist.`,
    );
  }
  if (membersOf(core, id).length + count > core.quotas.instancesPerPlacementGroup) {
    throw new CloudError("ResourceInsufficient.DisasterRecoverGroupCvmQuota", `The placement group \`${id}\` is full.`);
  }
}

/** The ids of the instances in a placement group. */
export const membersOf = ({ state }: Core, id: string) =>
  [...state.instances.values()]
    .filter(({ placementGroupId }) => placementGroupId === id)
    .map(({ instanceId }) => instanceId);
