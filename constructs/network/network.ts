import { Construct } from "constructs";
import { cidr, cloudId, nameField, zone } from "../props/cloud-fields";
import { containsCidr, type Ipv4Cidr, parseCidr } from "../render/ipv4";
import { Subnet, Vpc } from "../provider";
import { PropError, requireCidr, requireName } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import { locating } from "../props/prop-error";
import { Identity } from "../terraform/identity";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

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
   * The network of a new VPC in CIDR notation, such as `10.0.0.0/16`. A plan that changes it is refused.
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
  /** The subnet's network in CIDR notation, inside the VPC's. A plan that changes it is refused. */
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

const ISUBNET: shape.Shape<ISubnet> = {
  vpcId: cloudId("vpc"),
  subnetId: cloudId("subnet"),
  cidrBlock: cidr("10.0.1.0/24"),
  availabilityZone: zone(),
};

const IVPC: shape.Shape<IVpc> = { vpcId: cloudId("vpc"), cidrBlock: cidr("10.0.0.0/16") };

/** The kind of {@link ISubnet}. */
export const SUBNET = shape.part("a subnet", "give network.subnet, or Network.fromSubnetAttributes(…)", ISUBNET);

const NETWORK_PROPS: shape.Shape<NetworkProps> = {
  cidrBlock: shape.optional(cidr("10.0.0.0/16")),
  vpc: shape.optional(shape.part("a VPC", "give network.vpc, or Network.fromVpcAttributes(…)", IVPC)),
  subnetCidrBlock: cidr("10.0.1.0/24"),
  availabilityZone: zone(),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
};

/** A subnet for a pair that does not move into an existing one, and the VPC around it where that is new as well. */
@checked(NETWORK_PROPS)
export class Network extends Construct {
  /**
   * A subnet that exists already.
   *
   * @throws where `cidrBlock` is no network
   */
  static fromSubnetAttributes(attributes: ISubnet): ISubnet {
    requireAttributes("Network.fromSubnetAttributes", ISUBNET, attributes);
    locating("Network.fromSubnetAttributes", () => {
      requireCidr("cidrBlock", attributes.cidrBlock);
    });
    return { ...attributes };
  }

  /**
   * A VPC that exists already.
   *
   * @throws where `cidrBlock` is no network
   */
  static fromVpcAttributes(attributes: IVpc): IVpc {
    requireAttributes("Network.fromVpcAttributes", IVPC, attributes);
    locating("Network.fromVpcAttributes", () => requireCidr("cidrBlock", attributes.cidrBlock));
    return { ...attributes };
  }

  /** The VPC. */
  readonly vpc: IVpc;
  /** The subnet, for the constructs that live in it. */
  readonly subnet: ISubnet;
  /** The new VPC, child `Vpc`; undefined where the VPC was brought. */
  readonly vpcResource: Vpc | undefined;
  /** The subnet, child `Subnet`. */
  readonly subnetResource: Subnet;
  /** The ranges that it was deployed with, and cannot become others: child `Identity`. */
  readonly identity: Identity;

  /** @throws where a network is not in CIDR notation, the subnet lies outside the VPC, or the name is too long */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const name = props.name ?? id;
    const tags = { ...props.tags };
    requireName("name", name);
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
    if (props.vpc === undefined) {
      this.vpcResource = new Vpc(this, "Vpc", literals({ name, cidrBlock, tags }));
      this.vpc = { vpcId: this.vpcResource.id, cidrBlock };
    } else {
      this.vpc = props.vpc;
    }
    const { availabilityZone } = props;
    this.identity = new Identity(this, "Identity", {
      values: { ...(props.vpc === undefined ? { cidrBlock } : {}), subnetCidrBlock: subnetCidr.text },
      remedy:
        "the cloud makes another network for it, and does not delete one that has machines in it. Give another " +
        "Network the new range, and deploy a new pair there",
    });
    this.subnetResource = new Subnet(this, "Subnet", {
      ...literals({ name, tags }),
      vpcId: this.vpc.vpcId,
      cidrBlock: subnetCidr.text,
      availabilityZone,
    });
    this.subnet = {
      vpcId: this.vpc.vpcId,
      subnetId: this.subnetResource.id,
      cidrBlock: subnetCidr.text,
      availabilityZone,
    };
  }
}

/**
 * What a new VPC may be a part of, with a mask of at most 28 (the API's description of CreateVpc). Some of the vendor's
 * guides say 10.0.0.0/8, but it is the API that makes the VPC.
 */
const VPC_RANGES = ["10.0.0.0/12", "172.16.0.0/12", "192.168.0.0/16"];

function requireVpcRange(cidr: Ipv4Cidr): void {
  const range = VPC_RANGES.map((each) => parseCidr(each)).find(
    (each) => each !== undefined && containsCidr(each, cidr),
  );
  if (range === undefined || cidr.prefixLength < 12 || cidr.prefixLength > 28) {
    throw new PropError(
      "cidrBlock",
      cidr.text,
      `must lie in ${VPC_RANGES.join(", ")} and have a mask of 12 to 28: the cloud makes no other VPC`,
      "choose such a network, for instance 10.0.0.0/16",
    );
  }
}

function requireVpcCidr(props: NetworkProps): Ipv4Cidr {
  if ((props.cidrBlock === undefined) === (props.vpc === undefined)) {
    throw new PropError(
      "cidrBlock",
      props.cidrBlock,
      "and 'vpc' exclude each other, and one of them must be set",
      "set exactly one of them: the network of a new VPC, or a VPC that exists",
    );
  }
  const cidr = requireCidr("cidrBlock", props.cidrBlock ?? props.vpc?.cidrBlock ?? "");
  // A VPC that exists was taken by the cloud already.
  if (props.vpc === undefined) requireVpcRange(cidr);
  return cidr;
}
