import { Construct } from "constructs";
import { address, cloudId, ipv4Address, nameField } from "../props/cloud-fields";
import { requireFree, requireOwn } from "../props/claims";
import { EIP_OF_VIP, eipOf, type EipProps, type IEip, requireOwnEip } from "./eip";
import type { VirtualIpSettings, WithEveryKey } from "../contract";
import { type ISubnet, SUBNET } from "../network/network";
import { HaVipEipAttachment, HaVipInstanceAttachment, HaVip as HaVipResource } from "../provider";
import { replacedWith } from "../terraform/resource-reference";
import { TerraformData } from "../terraform/terraform-data";
import { PropError, requireCidr, requireName, requireUsableAddress } from "../props/validation";
import type { IVirtualIp, NodeInstances } from "./virtual-ip";
import { checked, requireAttributes } from "../props/checked";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** What every HAVIP has, be it new or brought. */
interface HaVipBaseProps {
  /** The subnet that the address is in. */
  readonly subnet: ISubnet;
  /** The address, a literal of the subnet. A plan that changes it is refused. */
  readonly vip: string;
  /**
   * A public address for it: a new one, or one that exists.
   *
   * @default - no public address, or that which a brought HAVIP has already
   */
  readonly eip?: EipProps | IEip;
  /**
   * The name of the HAVIP and of a new EIP, 1–60 characters (the provider's limit).
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Tags of a new EIP; a HAVIP takes none.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A new high availability virtual IP (HAVIP). */
export interface HaVipProps extends HaVipBaseProps {}

/** A HAVIP that exists already. */
export interface HaVipAttributes extends HaVipBaseProps {
  /** Its id (`havip-…`). May be a token. CheckAssociate must be on, or any machine of the subnet may take it. */
  readonly haVipId: string;
  /**
   * The public address that is bound to it already; `eip` is for one that has none.
   *
   * @default - none, or that of `eip`
   */
  readonly publicIp?: string;
}

const HA_VIP_ATTRIBUTES: shape.Shape<HaVipAttributes> = {
  subnet: SUBNET,
  vip: address("10.0.1.100"),
  eip: shape.optional(EIP_OF_VIP),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
  haVipId: cloudId("havip"),
  publicIp: shape.optional(ipv4Address("203.0.113.7")),
};

const HA_VIP_PROPS: shape.Shape<HaVipProps & Partial<HaVipAttributes>> = {
  ...HA_VIP_ATTRIBUTES,
  haVipId: shape.optional(cloudId("havip")),
};

/**
 * An address that the cloud's fabric moves when it sees a gratuitous ARP for it.
 *
 * CheckAssociate is on, which the provider's default is not: otherwise any machine of the subnet could take the
 * address by ARP. Both nodes are associated.
 */
@checked(HA_VIP_PROPS)
export class HaVip extends Construct implements IVirtualIp {
  /**
   * A HAVIP that exists already: only the nodes' associations are made, and the EIP's binding where `eip` is given.
   *
   * @throws where the address cannot be used in the subnet
   */
  static fromHaVipAttributes(scope: Construct, id: string, attributes: HaVipAttributes): HaVip {
    requireAttributes("HaVip.fromHaVipAttributes", HA_VIP_ATTRIBUTES, attributes);
    return new HaVip(scope, id, attributes);
  }

  readonly mechanism = "havip";
  readonly vip: string;
  readonly subnet: ISubnet;
  readonly reservedAddresses = {};
  readonly pairctlSettings: WithEveryKey<Omit<VirtualIpSettings, "vip">>;
  readonly publicIp: string | undefined;
  readonly facts: Readonly<Record<string, string>>;
  /** The HAVIP's id (`havip-…`), a token where it is new. */
  readonly haVipId: string;
  /** The new HAVIP, child `HaVip`; undefined where it was brought. */
  readonly resource: HaVipResource | undefined;
  /** Follows the id of a brought HAVIP, child `Brought`; undefined where it is new. */
  readonly broughtAs: TerraformData | undefined;
  /** Its public address, child `Eip` where it is new; undefined where none was given. */
  readonly eip: IEip | undefined;
  /** What binds the public address, child `EipAttachment`; undefined where none was given. */
  readonly eipAttachment: HaVipEipAttachment | undefined;

  /**
   * @throws where the address cannot be used in the subnet, the name is too long, there are two public addresses, or
   *   another construct of the app has the address, the HAVIP or the public address
   */
  constructor(scope: Construct, id: string, props: HaVipProps | HaVipAttributes) {
    super(scope, id);
    requireUsableAddress("vip", props.vip, requireCidr("subnet.cidrBlock", props.subnet.cidrBlock));
    const name = props.name ?? id;
    requireName("name", name);
    if ("publicIp" in props && props.publicIp !== undefined && props.eip !== undefined) {
      throw new PropError("publicIp", props.publicIp, "is bound already, and so would 'eip' be", "give one of the two");
    }
    if ("publicIp" in props && props.publicIp !== undefined && !("haVipId" in props && props.haVipId !== undefined)) {
      throw new PropError("publicIp", props.publicIp, "goes with a HAVIP that exists already", "give 'eip' instead");
    }
    requireFree(this, props.subnet, { vip: props.vip });
    this.vip = props.vip;
    this.subnet = props.subnet;
    if ("haVipId" in props && props.haVipId !== undefined) {
      this.haVipId = props.haVipId;
      this.broughtAs = new TerraformData(this, "Brought", { triggersReplace: { haVipId: props.haVipId } });
    } else {
      this.resource = this.createHaVip(name);
      this.haVipId = this.resource.id;
    }

    requireOwn(this, { haVipId: this.haVipId }, "and a HAVIP is one address");
    this.facts = { ha_vip_id: this.haVipId };

    if (props.eip === undefined) {
      this.publicIp = "publicIp" in props ? props.publicIp : undefined;
      if (this.publicIp !== undefined) requireOwnEip(this, { publicIp: this.publicIp });
      this.pairctlSettings = { parkingIp: undefined, eipId: undefined };
    } else {
      this.eip = eipOf(this, props.eip, name, props.tags ?? {});
      this.eipAttachment = new HaVipEipAttachment(this, "EipAttachment", {
        havipId: this.haVipId,
        addressIp: this.eip.publicIp,
      });
      this.publicIp = this.eip.publicIp;
      this.pairctlSettings = { parkingIp: undefined, eipId: this.eip.eipId };
    }
  }

  /**
   * Associates both nodes.
   *
   * The provider reads back the first association of a HAVIP whatever its instance (1.83.25), so two of them would be
   * replaced by every plan but for `ignore_changes`. What that would swallow as well, that the node or the HAVIP is a new
   * one, replaces the association by name.
   */
  bindNodes(instances: NodeInstances): void {
    for (const [id, instance] of [
      ["PrimaryAttachment", instances.primary],
      ["SecondaryAttachment", instances.secondary],
    ] as const) {
      new HaVipInstanceAttachment(this, id, {
        haVipId: this.haVipId,
        instanceId: instance.id,
        instanceType: "CVM",
        lifecycle: {
          ignoreChanges: ["instance_id", "instance_type", "ha_vip_id"],
          replaceTriggeredBy: replacedWith(instance, this.resource ?? this.broughtAs),
        },
      });
    }
  }

  /** The associations with the nodes, children `PrimaryAttachment` and `SecondaryAttachment`; none before a pair binds them. */
  get attachments(): readonly HaVipInstanceAttachment[] {
    return this.node.children.filter((child) => child instanceof HaVipInstanceAttachment);
  }

  private createHaVip(name: string): HaVipResource {
    return new HaVipResource(this, "HaVip", {
      ...literals({ name }),
      vpcId: this.subnet.vpcId,
      subnetId: this.subnet.subnetId,
      vip: this.vip,
      checkAssociate: true,
    });
  }
}
