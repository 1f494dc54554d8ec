import { Construct } from "constructs";
import { checked } from "../props/checked";
import { requireFree } from "../props/claims";
import { DEFAULT_PRIORITY } from "../contract";
import type { Identity } from "../terraform/identity";
import type { DeployCheck } from "../terraform/deploy-check";
import { literals } from "../terraform/literals";
import { dependingOn } from "../terraform/resource-reference";
import { Instance } from "../provider";
import type { IPairctlRole } from "../security/pairctl-role";
import type { ISecurityGroup } from "../security/peer-security-group";
import { requireLiteral } from "../props/validation";
import type { NodeRole, VirtualIps } from "../virtual-ip/virtual-ip";
import { KEEPALIVED_PAIR_PROPS, type KeepalivedPairProps } from "./keepalived-pair-props";
import { keepalivedParameters } from "./keepalived-props";
import { checkInstanceType } from "./instance-type-check";
import { isKeptByCloud, machineConfig, unchangeable } from "./machine";
import { machineImage, type MachineImage } from "./machine-image";
import { DEFAULT_INSTANCE_TYPE } from "./machine-props";
import { type NodeIdentity, nodeUserData } from "./node-user-data";
import { requireUnbound } from "./pair-claims";
import { identityOf } from "./pair-identity";
import { roleOf, securityGroupOf } from "./pair-parts";
import {
  requireAddresses,
  requireAlike,
  requireHostName,
  requireHostNames,
  requireInstalled,
  requireOwnNode,
  requirePriorities,
  requireRegion,
  requireWithinLimits,
} from "./pair-rules";
import { requirePairctlProps } from "./pairctl-props";
import { type IPlacementGroup, PlacementGroup } from "./placement-group";

/** A node of a pair as it is deployed. */
export interface PairNode {
  /** The instance's id (`ins-…`), a token. */
  readonly instanceId: string;
  /** The private address, a literal. */
  readonly privateIp: string;
}

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
  /** What the cloud must have when the nodes are made: children `ImageCheck` and `InstanceTypeCheck`. */
  readonly checks: readonly DeployCheck[];
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
    requireOwnNode(props.healthChecks ?? [], virtualIps, nodes);
    requirePriorities(nodes);
    virtualIps.forEach(requireUnbound);
    // HaVip and SecondaryPrivateIp claim their addresses themselves; a class of the user may not.
    for (const each of virtualIps) requireFree(each, each.subnet, { vip: each.vip, ...each.reservedAddresses });
    requireFree(this, virtualIp.subnet, {
      "primary.privateIp": nodes.primary.privateIp,
      "secondary.privateIp": nodes.secondary.privateIp,
      virtualRouterId: keepalived.virtualRouterId,
    });

    this.placementGroup = props.placementGroup ?? new PlacementGroup(this, "PlacementGroup", { name, tags });
    this.securityGroup = securityGroupOf(this, name, props);
    const role = roleOf(this, name, props, virtualIps);
    this.role = role?.role;
    const image = machineImage(this, props);
    const machine = machineConfig(image.imageId, props);
    this.checks = this.#checks(image, machine.instanceType, props);
    const ready = dependingOn(
      this,
      this.role?.ready,
      this.securityGroup.ready,
      ...this.checks.map(({ found }) => found),
    );

    const { mechanism } = virtualIp;
    this.identity = identityOf(this, name, props, virtualIps, this.placementGroup);
    const instance = (constructId: string, nodeRole: NodeRole, peerRole: NodeRole) => {
      const made = new Instance(this, constructId, {
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
        lifecycle: {
          ignoreChanges: unchangeable(mechanism),
          ...(isKeptByCloud(props) ? { preventDestroy: true } : {}),
        },
      });
      made.dependsOn = [...ready];
      return made;
    };
    this.instances = {
      primary: instance("Primary", "primary", "secondary"),
      secondary: instance("Secondary", "secondary", "primary"),
    };
    this.primary = deployed(this.instances.primary, nodes.primary.privateIp);
    this.secondary = deployed(this.instances.secondary, nodes.secondary.privateIp);
    this.virtualIps = virtualIps;
    for (const each of virtualIps) each.bindNodes(this.instances);
  }

  #checks({ check }: MachineImage, instanceType: string, props: KeepalivedPairProps): DeployCheck[] {
    const { availabilityZone } = props.virtualIp.subnet;
    const instanceChargeType = props.prepaid === undefined ? "POSTPAID_BY_HOUR" : "PREPAID";
    return [
      ...(check === undefined ? [] : [check]),
      ...(props.checkInstanceType === false
        ? []
        : [checkInstanceType(this, { instanceType, availabilityZone, instanceChargeType })]),
    ];
  }
}

/** The id is looked up when it is asked for: for each look cdktf makes a token, and writes its whole call stack down. */
function deployed(instance: Instance, privateIp: string): PairNode {
  return {
    get instanceId() {
      return instance.id;
    },
    privateIp,
  };
}
