import { tagSet } from "../../tag/index.ts";
import { dateTime } from "../service.ts";
import type { State } from "../state.ts";
import type { SecurityGroup, SecurityRule } from "./state.ts";

/** The API's SecurityGroup. */
export function securityGroupView(state: State, group: SecurityGroup) {
  return {
    SecurityGroupId: group.securityGroupId,
    SecurityGroupName: group.name,
    SecurityGroupDesc: group.description,
    ProjectId: "0",
    IsDefault: false,
    CreatedTime: dateTime(group.createdAt),
    UpdateTime: dateTime(group.createdAt),
    TagSet: tagSet(state, "cvm:sg", group.securityGroupId),
  };
}

/**
 * The API's SecurityGroupPolicy.
 *
 * @param index - its place among the rules of its direction
 */
export function ruleView(group: SecurityGroup, rule: SecurityRule, index: number) {
  return {
    PolicyIndex: index,
    // Rules show their protocol in lower case, but for ALL. Source: the documentation's examples.
    Protocol: rule.protocol === "ALL" ? "ALL" : rule.protocol.toLowerCase(),
    Port: rule.port,
    CidrBlock: rule.cidrBlock,
    Ipv6CidrBlock: "",
    SecurityGroupId: rule.securityGroupId,
    Action: rule.action,
    PolicyDescription: rule.description,
    ModifyTime: dateTime(group.createdAt),
    ServiceTemplate: { ServiceId: "", ServiceGroupId: "" },
    AddressTemplate: { AddressId: "", AddressGroupId: "" },
  };
}
