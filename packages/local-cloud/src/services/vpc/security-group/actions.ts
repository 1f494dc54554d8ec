import { CloudError, resourceNotFound } from "../../../api/errors.ts";
import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, select, textQueryParameters } from "../../../api/query.ts";
import { newId } from "../../../engine/ids.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { checkLength, checkName, defineAction, tagList, vpcQueryCodes } from "../service.ts";
import { checkSecurityGroupId, getSecurityGroup, maxDescription, users } from "./checks.ts";
import type { SecurityGroup } from "./state.ts";
import { securityGroupView } from "./view.ts";

const filterTests: Record<string, FilterTest<SecurityGroup>> = {
  "security-group-id": (group, values) => values.includes(group.securityGroupId),
  "security-group-name": (group, values) => values.includes(group.name),
  "project-id": (_group, values) => values.includes("0"),
};

/** A security group without rules: it lets nothing in and nothing out. */
export const createSecurityGroup = defineAction(
  "CreateSecurityGroup",
  object({
    GroupName: string,
    GroupDescription: optional(string),
    ProjectId: optional(defaultProject),
    Tags: tagList,
  }),
  ({ state, quotas, now }, { GroupName: name, GroupDescription: description = "", Tags }) => {
    checkName("GroupName", name);
    checkLength("GroupDescription", description, maxDescription);
    if (state.securityGroups.size >= quotas.securityGroups) {
      throw new CloudError("LimitExceeded", `There are as many security groups as may be, ${quotas.securityGroups}.`);
    }
    const securityGroupId = newId("sg");
    const group = { securityGroupId, name, description, version: 0, ingress: [], egress: [], createdAt: now() };
    state.securityGroups.set(securityGroupId, group);
    putTags(state, "cvm:sg", securityGroupId, Tags);
    return { SecurityGroup: securityGroupView(state, group) };
  },
);

/** Security groups without their rules. */
export const describeSecurityGroups = defineAction(
  "DescribeSecurityGroups",
  object({
    SecurityGroupIds: optional(list(string)),
    ...textQueryParameters,
    OrderField: optional(string),
    OrderDirection: optional(string),
  }),
  (core, { SecurityGroupIds: ids, Filters, Offset, Limit }) => {
    const { state } = core;
    for (const id of ids ?? []) checkSecurityGroupId(id);
    const { page, total } = select(
      state.securityGroups.values(),
      { ids, Filters, Offset, Limit },
      ({ securityGroupId }) => securityGroupId,
      filterTests,
      vpcQueryCodes,
    );
    return { TotalCount: total, SecurityGroupSet: page.map((group) => securityGroupView(state, group)) };
  },
);

/** Changes a security group's name and description. */
export const modifySecurityGroupAttribute = defineAction(
  "ModifySecurityGroupAttribute",
  object({ SecurityGroupId: string, GroupName: optional(string), GroupDescription: optional(string) }),
  (core, { SecurityGroupId, GroupName, GroupDescription }) => {
    const group = getSecurityGroup(core, SecurityGroupId);
    if (GroupName !== undefined) checkName("GroupName", GroupName);
    if (GroupDescription !== undefined) checkLength("GroupDescription", GroupDescription, maxDescription);
    group.name = GroupName ?? group.name;
    group.description = GroupDescription ?? group.description;
    return {};
  },
);

/** How many of what have a security group. */
export const describeSecurityGroupAssociationStatistics = defineAction(
  "DescribeSecurityGroupAssociationStatistics",
  object({ SecurityGroupIds: list(string) }),
  (core, { SecurityGroupIds }) => ({
    SecurityGroupAssociationStatisticsSet: SecurityGroupIds.map((id) => {
      getSecurityGroup(core, id);
      const { instances, networkInterfaces, groups } = users(core.state, id);
      const count = instances.length + networkInterfaces.length + groups.length;
      return {
        SecurityGroupId: id,
        CVM: instances.length,
        ENI: networkInterfaces.length,
        SG: groups.length,
        CDB: 0,
        CLB: 0,
        InstanceStatistics: [],
        TotalCount: count,
      };
    }),
  }),
);

/** Takes away a security group that nothing has. */
export const deleteSecurityGroup = defineAction(
  "DeleteSecurityGroup",
  object({ SecurityGroupId: string }),
  (core, { SecurityGroupId }) => {
    const { state } = core;
    getSecurityGroup(core, SecurityGroupId, "InvalidSecurityGroupID.Malformed");
    const { instances, networkInterfaces, groups } = users(state, SecurityGroupId);
    const user = [...instances, ...networkInterfaces, ...groups][0];
    if (user !== undefined) {
      throw new CloudError("ResourceInUse", `The security group \`${SecurityGroupId}\` is in use by \`${user}\`.`);
    }
    state.securityGroups.delete(SecurityGroupId);
    dropTags(state, "cvm:sg", SecurityGroupId);
    return {};
  },
);

/** There is one project, the account's default one, whose id is 0. */
function defaultProject(_name: string, value: unknown): void {
  if (value === "0" || value === 0 || value === "") return;
  throw resourceNotFound("ProjectId", String(value));
}
