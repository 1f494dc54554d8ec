import { Construct } from "constructs";
import { containsCidr, type Ipv4Cidr } from "../render/ipv4";
import { Subnet, Vpc } from "../provider";
import { PropError, requireCidr, requireName } from "../validation";

/** A subnet that a pair can live in: one of {@link Network}, or a brought one. */
export interface ISubnet {
  /** The VPC's id. May be a token. */
  readonly vpcId: string;
  /** The subnet's id. May be a token. */
  readonly subnetId: string;
  /** The subnet's network in CIDR notation, a literal: addresses are checked against it. */
  readonly cidrBlock: string;
  /** The zone of the subnet, such as `ap-singapore-1`. */
  readonly availabilityZone: string;
}

/** A VPC. */
export interface IVpc {
  /** The id (`vpc-…`). May be a token. */
  readonly vpcId: string;
  /** The VPC's network in CIDR notation, a literal: subnets are checked against it. */
  readonly cidrBlock: string;
}

/** A subnet in a new VPC, or in one that exists. */
export interface NetworkProps {
  /**
   * The network of a new VPC in CIDR notation, such as `10.0.0.0/16`. Changing it replaces the VPC.
   *
   * @default - `vpc` is used
   */
  readonly cidrBlock?: string;
  /**
   * A VPC that exists, instead of a new one.
   *
   * @default - a new one with `cidrBlock`
   */
  readonly vpc?: IVpc;
  /** The subnet's network in CIDR notation, inside the VPC's. */
  readonly subnetCidrBlock: string;
  /** The zone of the subnet, such as `ap-singapore-1`. */
  readonly availabilityZone: string;
  /**
   * The name of the VPC and of the subnet, 1–60 characters (the provider's limit).
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Tags of the VPC and the subnet.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A subnet for a pair that does not move into an existing one, and the VPC around it where that is new as well. */
export class Network extends Construct {
  /**
   * A subnet that exists already.
   *
   * @throws where `cidrBlock` is no network
   */
  static fromSubnetAttributes(attributes: ISubnet): ISubnet {
    requireCidr("cidrBlock", attributes.cidrBlock);
    return { ...attributes };
  }

  /**
   * A VPC that exists already.
   *
   * @throws where `cidrBlock` is no network
   */
  static fromVpcAttributes(attributes: IVpc): IVpc {
    requireCidr("cidrBlock", attributes.cidrBlock);
    return { ...attributes };
  }

  /** The VPC. */
  readonly vpc: IVpc;
  /** The subnet, for the constructs that live in it. */
  readonly subnet: ISubnet;

  /** @throws where a network is not in CIDR notation, the subnet lies outside the VPC, or the name is too long */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const name = props.name ?? id;
    const tags = { ...props.tags };
    requireName("name", name, 60);
    const vpcCidr = requireVpcCidr(props);
    const subnetCidr = requireCidr("subnetCidrBlock", props.subnetCidrBlock);
    if (!containsCidr(vpcCidr, subnetCidr)) {
      throw new PropError(
        "subnetCidrBlock",
        props.subnetCidrBlock,
        `must lie inside the VPC's ${vpcCidr.text}`,
        "choose a part of the VPC's network",
      );
    }

    const cidrBlock = vpcCidr.text;
    this.vpc = props.vpc ?? { vpcId: new Vpc(this, "Vpc", { name, cidrBlock, tags }).id, cidrBlock };
    const { availabilityZone } = props;
    const subnet = new Subnet(this, "Subnet", {
      name,
      vpcId: this.vpc.vpcId,
      cidrBlock: subnetCidr.text,
      availabilityZone,
      tags,
    });
    this.subnet = { vpcId: this.vpc.vpcId, subnetId: subnet.id, cidrBlock: subnetCidr.text, availabilityZone };
  }
}

function requireVpcCidr(props: NetworkProps): Ipv4Cidr {
  if ((props.cidrBlock === undefined) === (props.vpc === undefined)) {
    throw new PropError(
      "cidrBlock",
      props.cidrBlock,
      "or 'vpc' must be given, one of the two",
      "give the network of a new VPC, or a VPC that exists",
    );
  }
  return requireCidr("cidrBlock", props.cidrBlock ?? props.vpc?.cidrBlock ?? "");
}
