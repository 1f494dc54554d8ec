import { type Core, defineAction } from "../../action.ts";
import { CloudError, malformed } from "../../errors.ts";
import { parseCidr, parseIpv4 } from "../../ipv4.ts";
import { boolean, integer, list, object, optional, string, unsupported } from "../../parameters.ts";
import type { SecurityGroup, SecurityRule } from "../../state.ts";
import { dateTime } from "../../views.ts";
import { vpcService } from "./service.ts";
import { getSecurityGroup } from "./security-groups.ts";

const policy = object({
  PolicyIndex: optional(integer),
  Protocol: optional(string),
  Port: optional(string),
  CidrBlock: optional(string),
  SecurityGroupId: optional(string),
  Action: string,
  PolicyDescription: optional(string),
  Ipv6CidrBlock: unsupported,
  ServiceTemplate: emptyTemplate,
  AddressTemplate: emptyTemplate,
  ModifyTime: optional(string),
  Priority: optional(integer),
});

type PolicyParameters = ReturnType<typeof policy>;

/** Puts these rules in the place of all of the group's; version 0 without rules takes all away. */
export const modifySecurityGroupPolicies = defineAction(
  { ...vpcService, action: "ModifySecurityGroupPolicies" },
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
    if (Version !== undefined && Version !== "0" && Version !== String(group.version)) {
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
  { ...vpcService, action: "DescribeSecurityGroupPolicies" },
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

function readRules(core: Core, rules: readonly PolicyParameters[]): SecurityRule[] {
  const quota = core.quotas.rulesPerSecurityGroup;
  if (rules.length > quota) {
    throw new CloudError("LimitExceeded", `A security group has at most ${quota} rules each way, got ${rules.length}.`);
  }
  const read = rules.map((rule) => readRule(core, rule));
  const keys = read.map(({ description: _, ...rule }) => JSON.stringify(rule));
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined)
    throw new CloudError("UnsupportedOperation.DuplicatePolicy", `A rule is given twice: ${twice}`);
  return read;
}

function readRule(core: Core, given: PolicyParameters): SecurityRule {
  const { Protocol = "ALL", Port = "ALL", CidrBlock = "", SecurityGroupId = "", Action } = given;
  const protocol = Protocol.toUpperCase();
  const port = Port || "ALL";
  const action = Action.toUpperCase();
  if (!["TCP", "UDP", "ICMP", "ICMPV6", "GRE", "ALL"].includes(protocol)) throw malformed("Protocol", Protocol);
  if (!/^(ALL|\d{1,5}([-,]\d{1,5})*)$/i.test(port)) throw malformed("Port", port);
  if (action !== "ACCEPT" && action !== "DROP") throw malformed("Action", Action);
  if (CidrBlock !== "" && SecurityGroupId !== "") {
    throw new CloudError("InvalidParameter.Coexist", "A rule has either `CidrBlock` or `SecurityGroupId`.");
  }
  if (CidrBlock === "" && SecurityGroupId === "") {
    throw new CloudError("InvalidParameterValue.Empty", "A rule needs `CidrBlock` or `SecurityGroupId`.");
  }
  if (CidrBlock && !parseCidr(CidrBlock) && parseIpv4(CidrBlock) === undefined) throw malformed("CidrBlock", CidrBlock);
  if (SecurityGroupId) getSecurityGroup(core, SecurityGroupId);
  return {
    protocol,
    port,
    cidrBlock: CidrBlock,
    securityGroupId: SecurityGroupId,
    action,
    description: given.PolicyDescription ?? "",
  };
}

/** Templates are not there; the provider's empty ones are. */
function emptyTemplate(name: string, value: unknown): void {
  const isEmpty = typeof value === "object" && value !== null && Object.values(value).every((member) => !member);
  if (!isEmpty) unsupported(name, value);
}

function ruleView(group: SecurityGroup, rule: SecurityRule, index: number) {
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
