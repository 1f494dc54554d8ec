import { Construct } from "constructs";
import { Eip, type EipProps, type IEip } from "./eip";
import type { VirtualIpSettings } from "../contract";
import type { ISubnet } from "../network/network";
import { HaVipEipAttachment, HaVipInstanceAttachment, HaVip as HaVipResource } from "../provider";
import { PropError, requireCidr, requireName, requireUsableAddress } from "../validation";
import type { IVirtualIp, NodeInstances } from "./virtual-ip";

/** What every HAVIP has, be it new or brought. */
interface HaVipBaseProps {
  /** The subnet that the address is in. */
  readonly subnet: ISubnet;
  /** The address, a literal of the subnet. Changing that of a new HAVIP replaces it. */
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

/**
 * An address that the cloud's fabric moves when it sees a gratuitous ARP for it.
 *
 * CheckAssociate is on, which the provider's default is not: otherwise any machine of the subnet could take the
 * address by ARP. Both nodes are associated.
 */
export class HaVip extends Construct implements IVirtualIp {
  /**
   * A HAVIP that exists already: only the nodes' associations are made, and the EIP's binding where `eip` is given.
   *
   * @throws where the address cannot be used in the subnet
   */
  static fromHaVipAttributes(scope: Construct, id: string, attributes: HaVipAttributes): HaVip {
    return new HaVip(scope, id, attributes);
  }

  readonly mechanism = "havip";
  readonly vip: string;
  readonly subnet: ISubnet;
  readonly reservedAddresses = {};
  readonly hookSettings: Omit<VirtualIpSettings, "vip"> = {};
  readonly publicIp: string | undefined;
  readonly facts: Readonly<Record<string, string>>;
  /** The HAVIP's id (`havip-…`), a token where it is new. */
  readonly haVipId: string;

  /** @throws where the address cannot be used in the subnet, the name is too long, or there are two public addresses */
  constructor(scope: Construct, id: string, props: HaVipProps | HaVipAttributes) {
    super(scope, id);
    requireUsableAddress("vip", props.vip, requireCidr("subnet.cidrBlock", props.subnet.cidrBlock));
    const name = props.name ?? id;
    requireName("name", name, 60);
    if ("publicIp" in props && props.publicIp !== undefined && props.eip !== undefined) {
      throw new PropError("publicIp", props.publicIp, "is bound already, and so would 'eip' be", "give one of the two");
    }
    this.vip = props.vip;
    this.subnet = props.subnet;
    this.haVipId = "haVipId" in props ? props.haVipId : this.createHaVip(name);

    this.facts = { ha_vip_id: this.haVipId };

    if (props.eip === undefined) {
      this.publicIp = "haVipId" in props ? props.publicIp : undefined;
    } else {
      const eip = Eip.for(this, props.eip, name, props.tags ?? {});
      new HaVipEipAttachment(this, "EipAttachment", { havipId: this.haVipId, addressIp: eip.publicIp });
      this.publicIp = eip.publicIp;
    }
  }

  /**
   * Associates both nodes.
   *
   * The provider reads back the first association of a HAVIP whatever its instance (1.83.25), so two of them would be
   * replaced by every plan but for `ignore_changes`.
   */
  bindNodes(instanceIds: NodeInstances): void {
    for (const [id, instanceId] of [
      ["PrimaryAttachment", instanceIds.primary],
      ["SecondaryAttachment", instanceIds.secondary],
    ] as const) {
      new HaVipInstanceAttachment(this, id, {
        haVipId: this.haVipId,
        instanceId,
        instanceType: "CVM",
        lifecycle: { ignoreChanges: ["instance_id", "instance_type", "ha_vip_id"] },
      });
    }
  }

  private createHaVip(name: string): string {
    return new HaVipResource(this, "HaVip", {
      name,
      vpcId: this.subnet.vpcId,
      subnetId: this.subnet.subnetId,
      vip: this.vip,
      checkAssociate: true,
    }).id;
  }
}
