import { Construct } from "constructs";
import { address, nameField } from "../props/cloud-fields";
import { EIP_OF_VIP, eipOf, type EipProps, type IEip } from "./eip";
import type { VirtualIpSettings, WithEveryKey } from "../contract";
import { type ISubnet, SUBNET } from "../network/network";
import { EipAssociation, Eni, DataTencentcloudEnis } from "../provider";
import { requireCidr, requireDistinct, requireName, requireUsableAddress } from "../props/validation";
import { requireFree } from "../props/claims";
import type { IVirtualIp, NodeInstances } from "./virtual-ip";
import { checked } from "../props/checked";
import * as shape from "../props/shape";
import { replacedWith } from "../terraform/resource-reference";
import { literals } from "../terraform/literals";

/** A secondary private address that pairctl moves between the nodes' network interfaces. */
export interface SecondaryPrivateIpProps {
  /** The subnet that the address is in. */
  readonly subnet: ISubnet;
  /** The address that moves, a literal of the subnet. */
  readonly vip: string;
  /**
   * The primary address of the parking ENI, a literal of the subnet. It never moves and nothing answers on it; pairctl
   * knows the parking ENI by it.
   */
  readonly parkingIp: string;
  /**
   * A public address for it: a new one, or one that exists and is unbound.
   *
   * @default - no public address
   */
  readonly eip?: EipProps | IEip;
  /**
   * The name of the parking ENI and of the EIP, 1–60 characters (the provider's limit).
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Tags of the parking ENI and the EIP.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const SECONDARY_PRIVATE_IP_PROPS: shape.Shape<SecondaryPrivateIpProps> = {
  subnet: SUBNET,
  vip: address("10.0.1.100"),
  parkingIp: address("10.0.1.101"),
  eip: shape.optional(EIP_OF_VIP),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
};

/**
 * An address that waits on a parking ENI, with its EIP bound there, until pairctl moves it to the elected node.
 *
 * The parking ENI is attached to no instance: it reserves the address in the subnet and lets Terraform declare the
 * EIP's binding. `tencentcloud_eni` never reads its addresses back and `tencentcloud_eip_association` only its own id
 * (1.83.25), so a plan after a failover is empty and moves nothing back.
 */
@checked(SECONDARY_PRIVATE_IP_PROPS)
export class SecondaryPrivateIp extends Construct implements IVirtualIp {
  readonly mechanism = "secondary-private-ip";
  readonly vip: string;
  readonly subnet: ISubnet;
  readonly reservedAddresses: Readonly<Record<string, string>>;
  readonly pairctlSettings: WithEveryKey<Omit<VirtualIpSettings, "vip">>;
  readonly publicIp: string | undefined;
  readonly facts: Readonly<Record<string, string>>;
  /** The network interface on which the address waits, child `ParkingEni`. */
  readonly parkingEni: Eni;
  /** Its public address, child `Eip` where it is new; undefined where none was given. */
  readonly eip: IEip | undefined;
  /** What binds the public address at first, child `EipAssociation`; undefined where none was given. */
  readonly eipAssociation: EipAssociation | undefined;

  /**
   * @throws where an address cannot be used in the subnet, the two are the same, the name is too long, or another
   *   construct of the app has an address or the public one
   */
  constructor(scope: Construct, id: string, props: SecondaryPrivateIpProps) {
    super(scope, id);
    const cidr = requireCidr("subnet.cidrBlock", props.subnet.cidrBlock);
    requireUsableAddress("vip", props.vip, cidr);
    requireUsableAddress("parkingIp", props.parkingIp, cidr);
    requireDistinct({ vip: props.vip, parkingIp: props.parkingIp });
    const name = props.name ?? id;
    requireName("name", name);
    const tags = { ...props.tags };
    requireFree(this, props.subnet, { vip: props.vip, parkingIp: props.parkingIp });
    this.vip = props.vip;
    this.subnet = props.subnet;
    this.reservedAddresses = { parkingIp: props.parkingIp };

    this.parkingEni = new Eni(this, "ParkingEni", {
      ...literals({ name, tags }),
      vpcId: props.subnet.vpcId,
      subnetId: props.subnet.subnetId,
      ipv4S: [
        { ip: props.parkingIp, primary: true, description: "parking" },
        { ip: props.vip, primary: false, description: "the address that moves" },
      ],
      // The provider imports a network interface without its addresses, and then fails to give it those that it has.
      lifecycle: { ignoreChanges: ["ipv4s", "ipv4_count"] },
    });

    this.facts = { parking_network_interface_id: this.parkingEni.id, parking_ip: props.parkingIp };
    if (props.eip === undefined) {
      this.pairctlSettings = { parkingIp: props.parkingIp, eipId: undefined };
    } else {
      this.eip = eipOf(this, props.eip, name, tags);
      this.eipAssociation = new EipAssociation(this, "EipAssociation", {
        eipId: this.eip.eipId,
        networkInterfaceId: this.holderOf(this.parkingEni),
        privateIp: props.vip,
        // A failover moves the binding together with the address: that is no change to make.
        lifecycle: { ignoreChanges: ["network_interface_id"], replaceTriggeredBy: replacedWith(this.parkingEni) },
      });
      this.pairctlSettings = { parkingIp: props.parkingIp, eipId: this.eip.eipId };
      this.publicIp = this.eip.publicIp;
    }
  }

  /**
   * The network interface that has the address now, as an expression: an EIP that is added, or replaced, after a failover
   * has to be bound where the address is, not where it was at first.
   */
  private holderOf(parkingEni: Eni): string {
    const holders = new DataTencentcloudEnis(this, "Holder", {
      vpcId: this.subnet.vpcId,
      subnetId: this.subnet.subnetId,
      ipv4: this.vip,
      dependsOn: [parkingEni],
    });
    // The provider's filter matches more than the whole address.
    const found = `[for eni in ${holders.fqn}.enis : eni.id if contains(eni.ipv4s[*].ip, "${this.vip}")][0]`;
    return `\${try(${found}, ${parkingEni.fqn}.id)}`;
  }

  /** Nothing to bind: pairctl moves the address to whichever node is elected. */
  bindNodes(_instanceIds: NodeInstances): void {}
}
