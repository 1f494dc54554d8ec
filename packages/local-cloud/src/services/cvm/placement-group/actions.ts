import { CloudError } from "../../../api/errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { newId } from "../../../engine/ids.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { isoTime } from "../../iso-time.ts";
import { cvmQueryCodes, defineAction, tagSpecifications } from "../service.ts";
import { checkGroupName, checkPlacementGroupId, getPlacementGroup, membersOf } from "./checks.ts";
import type { PlacementGroup } from "./state.ts";
import { groupView } from "./view.ts";

const filterTests: Record<string, FilterTest<PlacementGroup>> = {
  "disaster-recover-group-id": (group, values) => values.includes(group.placementGroupId),
  name: (group, values) => values.includes(group.name),
  type: (group, values) => values.includes(group.type),
};

/** A placement group without instances. */
export const createDisasterRecoverGroup = defineAction(
  "CreateDisasterRecoverGroup",
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
  "DescribeDisasterRecoverGroups",
  object({ DisasterRecoverGroupIds: optional(list(string)), Name: unsupported, ...queryParameters }),
  (core, { DisasterRecoverGroupIds: ids, Filters, Offset, Limit }) => {
    for (const id of ids ?? []) checkPlacementGroupId(id);
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
  "ModifyDisasterRecoverGroupAttribute",
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
  "DeleteDisasterRecoverGroups",
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
