import { address, hostName, region } from "../props/cloud-fields";
import { type IPairctlRole, PAIRCTL_ROLE } from "../security/pairctl-role";
import { type ISecurityGroup, SECURITY_GROUP, TRAFFIC_RULES, type TrafficRule } from "../security/peer-security-group";
import * as shape from "../props/shape";
import { type IVirtualIp, VIRTUAL_IP } from "../virtual-ip/virtual-ip";
import { KEEPALIVED_PROPS, type KeepalivedProps } from "./keepalived-props";
import { MACHINE_PROPS, type MachineProps } from "./machine-props";
import { PAIRCTL_PROPS, type PairctlProps } from "./pairctl-props";
import { PRIORITY } from "./pair-rules";
import { type IPlacementGroup, PLACEMENT_GROUP } from "./placement-group";

/** One node of the pair. */
export interface PairNodeProps {
  /** The node's private address, a literal of the subnet. A plan that changes it is refused. */
  readonly privateIp: string;
  /**
   * keepalived's `priority`, 1–254: where both nodes are MASTER, the higher one stays.
   *
   * @default - 100 for the primary, 80 for the secondary
   */
  readonly priority?: number;
  /**
   * The host name: 1–60 letters, digits and hyphens. May be a token. A later change does not
   * reach a running node, which would be restarted: a new one gets it.
   *
   * @default - the pair's name with `-primary` or `-secondary` behind it
   */
  readonly hostname?: string;
}

/** Two CVMs that share a virtual address. */
export interface KeepalivedPairProps extends MachineProps, KeepalivedProps, PairctlProps {
  /** The address that moves between the nodes. One pair each. */
  readonly virtualIp: IVirtualIp;
  /**
   * Further addresses that move together with the first: of the same mechanism, in the same subnet.
   *
   * @default - none
   */
  readonly additionalVirtualIps?: readonly IVirtualIp[];
  /** The region of the subnet, such as `ap-singapore`: pairctl calls its API. May be a token. */
  readonly region: string;
  /** The node that leads where nothing else decides. */
  readonly primary: PairNodeProps;
  /** The other node. */
  readonly secondary: PairNodeProps;
  /**
   * The name of the pair's resources: 1–50 letters, digits and hyphens; `-primary` and `-secondary` come behind it.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The placement group of both nodes.
   *
   * @default - a new one of type HOST
   */
  readonly placementGroup?: IPlacementGroup;
  /**
   * The security group of both nodes. A brought one must let everything pass between them.
   *
   * @default - a new one with `ingress` and `egress`
   */
  readonly securityGroup?: ISecurityGroup;
  /**
   * Traffic that the nodes accept from outside the pair.
   *
   * @default - none
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * Traffic that the nodes send beside that to each other. What must stay open is said at synth.
   *
   * @default - everything
   */
  readonly egress?: readonly TrafficRule[];
  /**
   * The role of pairctl. With a HAVIP, `none` works as well: pairctl then reports without asking the cloud.
   *
   * @default - a new one that allows what pairctl can call
   */
  readonly role?: IPairctlRole | "none";
  /**
   * What you add to the nodes' cloud-config, in cloud-init's own keys.
   *
   * @default - nothing
   */
  readonly cloudConfig?: Readonly<Record<string, unknown>>;
  /**
   * Tags of every resource that takes them.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The kinds of {@link PairNodeProps}. */
export const PAIR_NODE_PROPS: shape.Shape<PairNodeProps> = {
  privateIp: address("10.0.1.11"),
  priority: shape.optional(shape.integer(100, PRIORITY)),
  hostname: shape.optional(shape.described(shape.text("web-1"), hostName(60))),
};

/** The kinds of {@link KeepalivedPairProps}. */
export const KEEPALIVED_PAIR_PROPS: shape.Shape<KeepalivedPairProps> = {
  ...MACHINE_PROPS,
  ...KEEPALIVED_PROPS,
  ...PAIRCTL_PROPS,
  virtualIp: VIRTUAL_IP,
  additionalVirtualIps: shape.optional(shape.list(VIRTUAL_IP, "[new HaVip(…)]")),
  region: region(),
  primary: shape.object(PAIR_NODE_PROPS),
  secondary: shape.object(PAIR_NODE_PROPS),
  name: shape.optional(shape.described(shape.text("web"), hostName(50))),
  placementGroup: shape.optional(PLACEMENT_GROUP),
  securityGroup: shape.optional(SECURITY_GROUP),
  ingress: shape.optional(TRAFFIC_RULES),
  egress: shape.optional(TRAFFIC_RULES),
  role: shape.optional(shape.either((value) => value === "none", shape.oneOf("none"), PAIRCTL_ROLE)),
  cloudConfig: shape.optional(shape.data('{ packages: ["nginx"] }')),
  tags: shape.optional(shape.tags()),
};
