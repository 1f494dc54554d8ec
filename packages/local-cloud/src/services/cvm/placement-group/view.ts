import { tagSet } from "../../tag/index.ts";
import { isoTime } from "../../iso-time.ts";
import type { Core } from "../state.ts";
import { membersOf } from "./checks.ts";
import type { PlacementGroup } from "./state.ts";

/** The API's DisasterRecoverGroup. */
export function groupView(core: Core, group: PlacementGroup) {
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
