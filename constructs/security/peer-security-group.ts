import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { cidr, cloudId, ipv4Address, nameField } from "../props/cloud-fields";
import { parseCidr } from "../render/ipv4";
import { SecurityGroup, SecurityGroupRuleSet } from "../provider";
import { PropError, requireName } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** A security group for instances. */
export interface ISecurityGroup {
  /** The id (`sg-…`). May be a token. */
  readonly securityGroupId: string;
  /**
   * What the nodes wait for before they start.
   *
   * @default - nothing: its rules exist
   */
  readonly ready?: ITerraformDependable;
}

/** Traffic that is let through, between the nodes and something outside the pair. */
export interface TrafficRule {
  /** The protocol. */
  readonly protocol: "TCP" | "UDP" | "ICMP" | "ALL";
  /**
   * A port, a list of ports (`80,443`), a range (`8000-8010`) or `ALL`; no list with a range in it. May be a token.
   *
   * @default "ALL"
   */
  readonly port?: string;
  /** Where the traffic comes from (ingress) or goes to (egress), in CIDR notation; `0.0.0.0/0` is everywhere. May be a token. */
  readonly cidrBlock: string;
  /**
   * What the rule is for.
   *
   * @default - no description
   */
  readonly description?: string;
}

/** A security group for the two nodes of a pair. */
export interface PeerSecurityGroupProps {
  /** The nodes' private addresses. */
  readonly nodeAddresses: readonly string[];
  /**
   * What else is let in.
   *
   * @default - nothing
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * What is let out, beside the traffic between the nodes.
   *
   * @default - everything
   */
  readonly egress?: readonly TrafficRule[];
  /**
   * The name, 1–60 characters (the provider's limit).
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Tags of the security group.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const ISECURITY_GROUP: shape.Shape<ISecurityGroup> = {
  securityGroupId: cloudId("sg"),
  ready: shape.optional(shape.dependable()),
};

/** The kind of {@link ISecurityGroup}. */
export const SECURITY_GROUP = shape.part(
  "a security group",
  "give a PeerSecurityGroup, or PeerSecurityGroup.fromSecurityGroupAttributes(…)",
  ISECURITY_GROUP,
);

/** One port or several, or one range: the cloud takes no mix of the two (VPC API, SecurityGroupPolicy). */
const PORTS = /^(ALL|\d{1,5}(,\d{1,5})*|\d{1,5}-\d{1,5})$/;

/** The kinds of {@link TrafficRule}. */
export const TRAFFIC_RULE: shape.Shape<TrafficRule> = {
  protocol: shape.oneOf("TCP", "UDP", "ICMP", "ALL"),
  port: shape.optional(shape.matching("80,443", PORTS)),
  cidrBlock: cidr("0.0.0.0/0"),
  description: shape.optional(shape.text("web")),
};

/** The kind of a list of {@link TrafficRule}. */
export const TRAFFIC_RULES = shape.list(
  shape.object(TRAFFIC_RULE),
  '[{ protocol: "TCP", port: "80,443", cidrBlock: "0.0.0.0/0" }]',
);

const PEER_SECURITY_GROUP_PROPS: shape.Shape<PeerSecurityGroupProps> = {
  nodeAddresses: shape.list(ipv4Address("10.0.1.11"), '["10.0.1.11", "10.0.1.12"]'),
  ingress: shape.optional(TRAFFIC_RULES),
  egress: shape.optional(TRAFFIC_RULES),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
};

/**
 * A security group that lets VRRP pass between the two nodes, and the service in.
 *
 * The cloud's rules know no protocol 112, so everything passes between the two nodes, by address. Everything else is
 * closed but for the ingress rules; egress is open unless rules are given.
 */
@checked(PEER_SECURITY_GROUP_PROPS)
export class PeerSecurityGroup extends Construct implements ISecurityGroup {
  /** A security group that exists already. It must let everything pass between the two nodes, both ways. */
  static fromSecurityGroupAttributes(attributes: ISecurityGroup): ISecurityGroup {
    requireAttributes("PeerSecurityGroup.fromSecurityGroupAttributes", ISECURITY_GROUP, attributes);
    return { ...attributes };
  }

  readonly securityGroupId: string;
  /** The private addresses between which everything passes. */
  readonly nodeAddresses: readonly string[];
  /** The group, child `SecurityGroup`. */
  readonly resource: SecurityGroup;
  /** What an instance must wait for, its rules, child `Rules`: before it, VRRP does not pass. */
  readonly ready: SecurityGroupRuleSet;

  /** @throws where a rule is not valid, or the name is too long */
  constructor(scope: Construct, id: string, props: PeerSecurityGroupProps) {
    super(scope, id);
    const name = props.name ?? id;
    requireName("securityGroup.name", name);
    const { ingress = [], egress = [EVERYWHERE] } = props;
    ingress.forEach((rule, index) => {
      requireRule(`ingress[${index}]`, rule);
    });
    egress.forEach((rule, index) => {
      requireRule(`egress[${index}]`, rule);
    });
    this.resource = new SecurityGroup(this, "SecurityGroup", {
      ...literals({ name, tags: { ...props.tags } }),
      description: "VRRP between the two nodes of a keepalived pair, and its service",
    });
    const peers = props.nodeAddresses.map((address): TrafficRule => ({
      protocol: "ALL",
      cidrBlock: `${address}/32`,
      description: "VRRP of the peer",
    }));
    this.nodeAddresses = [...props.nodeAddresses];
    this.securityGroupId = this.resource.id;
    this.ready = new SecurityGroupRuleSet(this, "Rules", {
      securityGroupId: this.securityGroupId,
      ingress: [...peers, ...ingress].map(accept),
      egress: [...peers, ...egress].map(accept),
    });
  }
}

const EVERYWHERE: TrafficRule = { protocol: "ALL", cidrBlock: "0.0.0.0/0", description: "packages and the API" };

function accept({ protocol, port, cidrBlock, description }: TrafficRule) {
  return { action: "ACCEPT", protocol, port: port ?? "ALL", cidrBlock, ...literals({ description }) };
}

/** Refuses a rule that the cloud does not take. */
export function requireRule(prop: string, rule: TrafficRule): void {
  if (!Token.isUnresolved(rule.cidrBlock) && parseCidr(rule.cidrBlock) === undefined) {
    throw new PropError(
      `${prop}.cidrBlock`,
      rule.cidrBlock,
      "must be an IPv4 network in CIDR notation",
      "write 0.0.0.0/0 for everywhere, 203.0.113.7/32 for one address",
    );
  }
  const port = rule.port ?? "ALL";
  if (Token.isUnresolved(port)) return;
  const portless = rule.protocol === "ICMP" || rule.protocol === "ALL";
  const inOrder = port.split(",").every((range) => isOrdered([1, ...(range.match(/\d+/g) ?? []).map(Number), 65_535]));
  if (!PORTS.test(port) || !inOrder || (portless && port !== "ALL")) {
    throw new PropError(
      `${prop}.port`,
      port,
      portless ? `must be ALL with protocol ${rule.protocol}` : "must be a port, a list of ports, a range or ALL",
      portless ? "leave it out" : "write 80, 80,443, 8000-8010 or ALL; a list with a range in it takes two rules",
    );
  }
}

function isOrdered(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? number));
}
