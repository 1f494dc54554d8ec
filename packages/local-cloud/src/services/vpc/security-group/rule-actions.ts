import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import { getSecurityGroup } from "./checks.ts";
import { policy, readRules } from "./rules.ts";
import { ruleView } from "./view.ts";

/**
 * Whether rules may be put in the place of those with a version. The API's description names the present version, which
 * grows by one with each change; the provider sends the next one, and version 0 to take all rules away.
 */
const isVersionTaken = (given: string, present: number) => ["0", String(present), String(present + 1)].includes(given);

/** Puts these rules in the place of all of the group's. */
export const modifySecurityGroupPolicies = defineAction(
  "ModifySecurityGroupPolicies",
  object({
    SecurityGroupId: string,
    SecurityGroupPolicySet: object({
      Version: optional(string),
      Ingress: optional(list(policy)),
      Egress: optional(list(policy)),
      PolicyStatistics: unsupported,
    }),
    SortPolicys: optional(boolean),
  }),
  (core, { SecurityGroupId, SecurityGroupPolicySet: { Version, Ingress = [], Egress = [] } }) => {
    const group = getSecurityGroup(core, SecurityGroupId);
    if (Version !== undefined && !isVersionTaken(Version, group.version)) {
      throw new CloudError(
        "UnsupportedOperation.VersionMismatch",
        `The rules of \`${SecurityGroupId}\` have the version ${group.version}, not ${Version}.`,
      );
    }
    const [ingress, egress] = [Ingress, Egress].map((rules) => readRules(core, rules));
    group.ingress = ingress ?? [];
    group.egress = egress ?? [];
    group.version += 1;
    return {};
  },
);

/** A security group's rules. */
export const describeSecurityGroupPolicies = defineAction(
  "DescribeSecurityGroupPolicies",
  object({ SecurityGroupId: string, Filters: unsupported }),
  (core, { SecurityGroupId }) => {
    const group = getSecurityGroup(core, SecurityGroupId);
    return {
      SecurityGroupPolicySet: {
        Version: String(group.version),
        Ingress: group.ingress.map((rule, index) => ruleView(group, rule, index)),
        Egress: group.egress.map((rule, index) => ruleView(group, rule, index)),
      },
    };
  },
);
