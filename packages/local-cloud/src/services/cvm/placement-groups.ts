import { type Core, defineAction } from "../../action.ts";
import { CloudError } from "../../errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../parameters.ts";
import { type FilterTest, queryParameters, select } from "../../query.ts";
import { dropTags, putTags, tagSet } from "../../resources/tags.ts";
import { newId, type PlacementGroup } from "../../state.ts";
import { isoTime } from "./instances.ts";
import { cvmQueryCodes, cvmService, tagSpecifications } from "./service.ts";

const filterTests: Record<string, FilterTest<PlacementGroup>> = {
  "disaster-recover-group-id": (group, values) => values.includes(group.placementGroupId),
  name: (group, values) => values.includes(group.name),
  type: (group, values) => values.includes(group.type),
};

const maxName = 60;

/** A placement group without instances. */
export const createDisasterRecoverGroup = defineAction(
  { ...cvmService, action: "CreateDisasterRecoverGroup" },
  object({
    Name: string,
    Type: string,
    Affinity: optional(integer),
    ClientToken: unsupported,
    Strategy: unsupported,
    PartitionCount: unsupported,
    TagSpecification: tagSpecifications,
  }),
  (core, { Name: name, Type: type, Affinity: affinity = 1, TagSpecification }) => {
    const { state, quotas, now } = core;
    checkGroupName(name);
    if (type !== "HOST" && type !== "SW" && type !== "RACK") {
      throw new CloudError("InvalidParameterValue.Range", `The value \`${type}\` of \`Type\` is not HOST, SW or RACK.`);
    }
    if (affinity < 1 || affinity > 10) {
      throw new CloudError("InvalidParameterValue.Range", `The value of \`Affinity\` is 1 to 10, got ${affinity}.`);
    }
    if (state.placementGroups.size >= quotas.placementGroups) {
      throw new CloudError(
        "ResourceInsufficient.InsufficientGroupQuota",
        `There may be at most ${quotas.placementGroups} placement groups.`,
      );
    }
    const placementGroupId = newId("ps");
    const group: PlacementGroup = { placementGroupId, name, type, affinity, createdAt: now() };
    state.placementGroups.set(placementGroupId, group);
    for (const { Tags } of TagSpecification ?? []) putTags(state, "cvm:ps", placementGroupId, Tags);
    return {
      DisasterRecoverGroupId: placementGroupId,
      Type: type,
      Name: name,
      CvmQuotaTotal: quotas.instancesPerPlacementGroup,
      CurrentNum: 0,
      CreateTime: isoTime(group.createdAt),
    };
  },
);

/** Placement groups with their instances. */
export const describeDisasterRecoverGroups = defineAction(
  { ...cvmService, action: "DescribeDisasterRecoverGroups" },
  object({ DisasterRecoverGroupIds: optional(list(string)), Name: unsupported, ...queryParameters }),
  (core, { DisasterRecoverGroupIds: ids, Filters, Offset, Limit }) => {
    const { page, total } = select(
      core.state.placementGroups.values(),
      { ids, Filters, Offset, Limit },
      ({ placementGroupId }) => placementGroupId,
      filterTests,
      cvmQueryCodes,
    );
    return { TotalCount: total, DisasterRecoverGroupSet: page.map((group) => groupView(core, group)) };
  },
);

/** Changes a placement group's name. */
export const modifyDisasterRecoverGroupAttribute = defineAction(
  { ...cvmService, action: "ModifyDisasterRecoverGroupAttribute" },
  object({ DisasterRecoverGroupId: string, Name: optional(string) }),
  (core, { DisasterRecoverGroupId, Name }) => {
    const group = getPlacementGroup(core, DisasterRecoverGroupId);
    if (Name !== undefined) checkGroupName(Name);
    group.name = Name ?? group.name;
    return {};
  },
);

/** Takes away placement groups that have no instances. */
export const deleteDisasterRecoverGroups = defineAction(
  { ...cvmService, action: "DeleteDisasterRecoverGroups" },
  object({ DisasterRecoverGroupIds: list(string) }),
  (core, { DisasterRecoverGroupIds }) => {
    for (const id of DisasterRecoverGroupIds) {
      getPlacementGroup(core, id);
      const [member] = membersOf(core, id);
      if (member !== undefined) {
        throw new CloudError("FailedOperation.PlacementSetNotEmpty", `\`${id}\` has the instance \`${member}\`.`);
      }
    }
    for (const id of DisasterRecoverGroupIds) {
      core.state.placementGroups.delete(id);
      dropTags(core.state, "cvm:ps", id);
    }
    return {};
  },
);

/** Whether a placement group takes one more instance. @throws CloudError if it is not there or full */
export function checkPlacement(core: Core, id: string): void {
  if (!core.state.placementGroups.has(id)) {
    throw new CloudError(
      "FailedOperation.DisasterRecoverGroupNotFound",
      `The placement group \`${id}\` does not exist.`,
    );
  }
  if (membersOf(core, id).length >= core.quotas.instancesPerPlacementGroup) {
    throw new CloudError("ResourceInsufficient.DisasterRecoverGroupCvmQuota", `The placement group \`${id}\` is full.`);
  }
}

function getPlacementGroup({ state }: Core, id: string): PlacementGroup {
  if (!/^ps-[0-9a-z]{8,}$/.test(id)) {
    throw new CloudError("InvalidParameterValue.DisasterRecoverGroupIdMalformed", `\`${id}\` is malformed.`);
  }
  const group = state.placementGroups.get(id);
  if (!group) {
    throw new CloudError("ResourceNotFound.InvalidPlacementSet", `The placement group \`${id}\` does not exist.`);
  }
  return group;
}

function checkGroupName(name: string): void {
  if (name.length < 1 || name.length > maxName) {
    throw new CloudError(
      "InvalidParameterValue.TooLong",
      `The name has 1 to ${maxName} characters, got ${name.length}.`,
    );
  }
}

const membersOf = ({ state }: Core, id: string) =>
  [...state.instances.values()]
    .filter(({ placementGroupId }) => placementGroupId === id)
    .map(({ instanceId }) => instanceId);

function groupView(core: Core, group: PlacementGroup) {
  const members = membersOf(core, group.placementGroupId);
  return {
    DisasterRecoverGroupId: group.placementGroupId,
    Name: group.name,
    Type: group.type,
    CvmQuotaTotal: core.quotas.instancesPerPlacementGroup,
    CurrentNum: members.length,
    InstanceIds: members,
    CreateTime: isoTime(group.createdAt),
    Affinity: group.affinity,
    Tags: tagSet(core.state, "cvm:ps", group.placementGroupId),
  };
}
