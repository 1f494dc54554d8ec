import { CloudError, malformed } from "../../../api/errors.ts";
import { integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { parseCidr, parseIpv4 } from "../../../engine/ipv4.ts";
import { checkLength } from "../service.ts";
import type { Core } from "../state.ts";
import { getSecurityGroup, maxDescription } from "./checks.ts";
import { checkPorts } from "./ports.ts";
import type { SecurityRule } from "./state.ts";

/** Reads the parameters of one rule. */
export const policy = object({
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

/**
 * Checks the rules of one direction.
 *
 * @throws CloudError for too many, doubles, and whatever is wrong with one of them
 */
export function readRules(core: Core, rules: readonly PolicyParameters[]): SecurityRule[] {
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
  checkPorts(protocol, port);
  checkLength("PolicyDescription", given.PolicyDescription ?? "", maxDescription);
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
