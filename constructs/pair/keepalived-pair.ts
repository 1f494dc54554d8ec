import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { region } from "../cloud-fields";
import { DEFAULT_PRIORITY } from "../contract";
import { PAIRCTL_PROPS, type PairctlProps, requirePairctlProps } from "./pairctl-props";
import { PAIRCTL_ROLE, PairctlRole, type IPairctlRole } from "../security/pairctl-role";
import { KEEPALIVED_PROPS, type KeepalivedProps, keepalivedParameters } from "./keepalived-props";
import { MACHINE_PROPS, type MachineProps, machineConfig, DEFAULT_INSTANCE_TYPE, unchangeable } from "./machine";
import { type NodeIdentity, nodeUserData } from "./node-user-data";
import {
  addressesOf,
  requireAddresses,
  requireAlike,
  requireFree,
  requireHostName,
  requireHostNames,
  requirePeers,
  requireInstalled,
  requirePriorities,
  requireRegion,
  requireWithinLimits,
  requireUnbound,
} from "./pair-rules";
import {
  type ISecurityGroup,
  PeerSecurityGroup,
  SECURITY_GROUP,
  TRAFFIC_RULES,
  type TrafficRule,
} from "../security/peer-security-group";
import { type IPlacementGroup, PLACEMENT_GROUP, PlacementGroup } from "./placement-group";
import { Instance } from "../provider";
import { PropError, requireLiteral } from "../validation";
import { type IVirtualIp, type NodeRole, VIRTUAL_IP, type VirtualIps } from "../virtual-ip/virtual-ip";
import { checked } from "../checked";
import { Identity } from "../identity";
import * as shape from "../shape";
import { literals } from "../literals";

/** One node of the pair. */
export interface PairNodeProps {
  /** The node's private address, a literal of the subnet. A plan that changes it is refused. */
  readonly privateIp: string;
  /**
   * keepalived's `priority`, 1–254: where both nodes are MASTER, the higher one stays.
   *
   * @default 100 for the primary, 80 for the secondary
   */
  readonly priority?: number;
  /**
   * The host name: 1–60 letters, digits and hyphens. May be a token. Changing it restarts the instance.
   *
   * @default - the pair's name with `-primary` or `-secondary` behind it
   */
  readonly hostname?: string;
}

/** A node of a pair as it is deployed. */
export interface PairNode {
  /** The instance's id (`ins-…`), a token. */
  readonly instanceId: string;
  /** The private address, a literal. */
  readonly privateIp: string;
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

const PAIR_NODE_PROPS: shape.Shape<PairNodeProps> = {
  privateIp: shape.text("10.0.1.11"),
  priority: shape.optional(shape.number(100)),
  hostname: shape.optional(shape.text("web-1")),
};

const KEEPALIVED_PAIR_PROPS: shape.Shape<KeepalivedPairProps> = {
  ...MACHINE_PROPS,
  ...KEEPALIVED_PROPS,
  ...PAIRCTL_PROPS,
  virtualIp: VIRTUAL_IP,
  additionalVirtualIps: shape.optional(shape.list(VIRTUAL_IP, "[new HaVip(…)]")),
  region: region(),
  primary: shape.object(PAIR_NODE_PROPS),
  secondary: shape.object(PAIR_NODE_PROPS),
  name: shape.optional(shape.text("web")),
  placementGroup: shape.optional(PLACEMENT_GROUP),
  securityGroup: shape.optional(SECURITY_GROUP),
  ingress: shape.optional(TRAFFIC_RULES),
  egress: shape.optional(TRAFFIC_RULES),
  role: shape.optional(shape.either((value) => value === "none", shape.oneOf("none"), PAIRCTL_ROLE)),
  cloudConfig: shape.optional(shape.data('{ packages: ["nginx"] }')),
  tags: shape.optional(shape.tags()),
};

/**
 * A primary/secondary pair: two CVMs on different hosts that run keepalived over unicast VRRP, and pairctl that moves
 * or confirms the address.
 */
@checked(KEEPALIVED_PAIR_PROPS)
export class KeepalivedPair extends Construct {
  /** The primary. */
  readonly primary: PairNode;
  /** The secondary. */
  readonly secondary: PairNode;
  /** The machines, children `Primary` and `Secondary`. */
  readonly instances: Readonly<Record<NodeRole, Instance>>;
  /** The addresses that move, the first one being that which adverts name. */
  readonly virtualIps: VirtualIps;
  /** The placement group of both nodes, child `PlacementGroup` where it is new. */
  readonly placementGroup: IPlacementGroup;
  /** The security group of both nodes, child `SecurityGroup` where it is new. */
  readonly securityGroup: ISecurityGroup;
  /** What the pair was deployed with, and cannot become another: child `Identity`. */
  readonly identity: Identity;
  /** The role of pairctl, child `HookRole` where it is new; undefined where it has none. */
  readonly role: IPairctlRole | undefined;

  /** @throws where a value cannot be deployed: the error names the prop, the value and the remedy */
  constructor(scope: Construct, id: string, props: KeepalivedPairProps) {
    super(scope, id);
    const { virtualIp } = props;
    const virtualIps = [virtualIp, ...(props.additionalVirtualIps ?? [])] as const;
    const name = props.name ?? id;
    const tags = { ...props.tags };
    const nodes: Record<NodeRole, NodeIdentity> = {
      primary: {
        role: "primary",
        privateIp: props.primary.privateIp,
        priority: props.primary.priority ?? DEFAULT_PRIORITY.primary,
      },
      secondary: {
        role: "secondary",
        privateIp: props.secondary.privateIp,
        priority: props.secondary.priority ?? DEFAULT_PRIORITY.secondary,
      },
    };
    const identity = [name, virtualIp.vip, nodes.primary.privateIp, nodes.secondary.privateIp];
    const keepalived = keepalivedParameters(props, virtualIp.vip, identity);
    requireLiteral("name", name);
    requireHostName("name", name, 50);
    requireHostNames(name, { primary: props.primary.hostname, secondary: props.secondary.hostname });
    requireRegion(props.region, virtualIp.subnet);
    requirePairctlProps(props);
    requireInstalled(props);
    requireAlike(virtualIps);
    requireWithinLimits(virtualIps, props.instanceType ?? DEFAULT_INSTANCE_TYPE);
    requireAddresses(virtualIps, nodes);
    requirePriorities(nodes);
    virtualIps.forEach(requireUnbound);
    requireFree(this, virtualIp.subnet, {
      ...addressesOf(virtualIps, nodes),
      virtualRouterId: keepalived.virtualRouterId,
    });

    this.placementGroup = props.placementGroup ?? new PlacementGroup(this, "PlacementGroup", { name, tags });
    this.securityGroup = this.securityGroupOf(props, name);
    const role = this.roleOf(props, name);
    this.role = role?.role;
    const ready = [this.role?.ready, this.securityGroup.ready].filter((each) => each !== undefined);

    const machine = machineConfig(this, props);
    const { mechanism } = virtualIp;
    this.identity = new Identity(this, "Identity", {
      values: identityOf(name, props, virtualIps),
      remedy: REMEDY_OF_IDENTITY,
    });
    const instance = (constructId: string, nodeRole: NodeRole, peerRole: NodeRole) =>
      new Instance(this, constructId, {
        ...machine,
        instanceName: `${name}-${nodeRole}`,
        hostname: props[nodeRole].hostname ?? `${name}-${nodeRole}`,
        availabilityZone: virtualIp.subnet.availabilityZone,
        vpcId: virtualIp.subnet.vpcId,
        subnetId: virtualIp.subnet.subnetId,
        privateIp: nodes[nodeRole].privateIp,
        placementGroupId: this.placementGroup.placementGroupId,
        orderlySecurityGroups: [this.securityGroup.securityGroupId],
        camRoleName: this.role?.roleName,
        userData: nodeUserData({
          ...props,
          name,
          virtualIps,
          node: nodes[nodeRole],
          peer: nodes[peerRole],
          roleName: role?.name,
          keepalived,
        }),
        ...literals({ tags }),
        dependsOn: ready,
        lifecycle: { ignoreChanges: unchangeable(mechanism) },
      });
    const privateIps = { primary: nodes.primary.privateIp, secondary: nodes.secondary.privateIp };
    this.instances = {
      primary: instance("Primary", "primary", "secondary"),
      secondary: instance("Secondary", "secondary", "primary"),
    };
    this.primary = { instanceId: this.instances.primary.id, privateIp: privateIps.primary };
    this.secondary = { instanceId: this.instances.secondary.id, privateIp: privateIps.secondary };
    this.virtualIps = virtualIps;
    for (const each of virtualIps) each.bindNodes(this.instances);
  }

  private securityGroupOf(props: KeepalivedPairProps, name: string): ISecurityGroup {
    const { securityGroup, ingress, egress, tags } = props;
    const nodeAddresses = [props.primary.privateIp, props.secondary.privateIp];
    if (securityGroup !== undefined) {
      if (securityGroup instanceof PeerSecurityGroup) requirePeers(securityGroup.nodeAddresses, nodeAddresses);
      if (ingress !== undefined || egress !== undefined) {
        const given = ingress === undefined ? "egress" : "ingress";
        throw new PropError(
          given,
          props[given],
          "goes with a new security group only",
          "add the rules to the brought one",
        );
      }
      Annotations.of(this).addInfo(
        `the brought security group must let everything pass between ${nodeAddresses.join(" and ")}, both ways: VRRP`,
      );
      return securityGroup;
    }
    if (egress !== undefined) {
      Annotations.of(this).addInfo(
        "egress is not open to everything: the nodes must reach the package repositories of their image, DNS, the " +
          "metadata service (169.254.0.23:80) and the VPC API (port 443)",
      );
    }
    return new PeerSecurityGroup(this, "SecurityGroup", { name, tags, nodeAddresses, ingress, egress });
  }

  /** The name of a new role is known at synth: a node's settings need not wait for the role. */
  private roleOf(props: KeepalivedPairProps, name: string): { role: IPairctlRole; name: string } | undefined {
    const { mechanism } = props.virtualIp;
    const { role } = props;
    if (role === undefined) {
      const roleName = `${name}-hook`;
      return {
        role: new PairctlRole(this, "HookRole", { name: roleName, tags: props.tags, mechanism }),
        name: roleName,
      };
    }
    if (role === "none") {
      if (mechanism === "havip") return undefined;
      throw new PropError("role", role, `cannot be with mechanism ${mechanism}`, "pairctl moves the address with it");
    }
    if (role.mechanism === undefined) {
      const actions = PairctlRole.actions(mechanism).join(", ");
      Annotations.of(this).addInfo(`the brought role must allow ${actions}, and be assumable by cvm.qcloud.com`);
    } else if (role.mechanism !== mechanism) {
      throw new PropError(
        "role",
        role.mechanism,
        `must allow what mechanism ${mechanism} needs`,
        "give the role that mechanism",
      );
    }
    return { role, name: role.roleName };
  }
}

const REMEDY_OF_IDENTITY =
  "running nodes would keep the old one. Deploy a new pair of another name beside this one and let it take over, or " +
  "destroy this pair first";

/** What the nodes were told at their first boot, and what would make other machines of them. */
function identityOf(name: string, props: KeepalivedPairProps, [first, ...additional]: VirtualIps) {
  const { subnetId, availabilityZone } = first.subnet;
  return {
    name,
    mechanism: first.mechanism,
    region: props.region,
    availabilityZone,
    subnetId,
    vip: first.vip,
    ...first.reservedAddresses,
    // By its id: one may be added or taken away.
    ...Object.fromEntries(additional.flatMap((each) => addressesById(each))),
    "primary.privateIp": props.primary.privateIp,
    "secondary.privateIp": props.secondary.privateIp,
  };
}

function addressesById({ node, vip, reservedAddresses }: IVirtualIp): [string, string][] {
  return Object.entries({ vip, ...reservedAddresses }).map(([prop, address]) => [`${node.path}.${prop}`, address]);
}
