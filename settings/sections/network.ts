import type { TerraformStack } from "cdktf";
import { type ISubnet, Network, type NetworkProps } from "../../constructs";
import { cidr, cloudId, nameField, zone } from "../../constructs/props/cloud-fields";
import { PropError, Shown } from "../../constructs/props/prop-error";
import * as shape from "../../constructs/props/shape";
import { atMostOneOf, oneOf, without } from "../key-rules";

/** Where the pair is: in a new VPC, in a new subnet of a VPC that exists, or in a subnet that exists. */
export interface NetworkSettings {
  /**
   * The network of a new VPC in CIDR notation, such as `10.0.0.0/16`. A plan that changes it is refused.
   *
   * @default - the VPC `vpcId`
   */
  readonly cidrBlock?: string;
  /**
   * A VPC that exists (`vpc-…`). Either `subnetId` or `vpcCidrBlock` goes with it.
   *
   * @default - a new one with `cidrBlock`
   */
  readonly vpcId?: string;
  /**
   * The network of the VPC that exists, in CIDR notation: a new subnet is made in it.
   *
   * @default - the subnet `subnetId`
   */
  readonly vpcCidrBlock?: string;
  /**
   * A subnet that exists (`subnet-…`).
   *
   * @default - a new one with `subnetCidrBlock`
   */
  readonly subnetId?: string;
  /** The subnet's network in CIDR notation, inside the VPC's. A plan that changes it is refused. */
  readonly subnetCidrBlock: string;
  /** The zone of the subnet, such as `ap-singapore-1`. */
  readonly availabilityZone: string;
  /**
   * The name of a new VPC and of a new subnet, 1–60 characters.
   *
   * @default - the pair's name
   */
  readonly name?: string;
  /**
   * Tags of a new VPC and of a new subnet.
   *
   * @default - those of the file
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What says which network it is. */
const KINDS = ["cidrBlock", "vpcId", "vpcCidrBlock", "subnetId"] as const;

/** Those of them that go together. */
const NEW_VPC = ["cidrBlock"];
const NEW_SUBNET = ["vpcId", "vpcCidrBlock"];
const EXISTING_SUBNET = ["vpcId", "subnetId"];

export const NETWORK = shape.described(
  shape.object<NetworkSettings>({
    cidrBlock: shape.optional(cidr("10.0.0.0/16")),
    vpcId: shape.optional(cloudId("vpc")),
    vpcCidrBlock: shape.optional(cidr("10.0.0.0/16")),
    subnetId: shape.optional(cloudId("subnet")),
    subnetCidrBlock: cidr("10.0.1.0/24"),
    availabilityZone: zone(),
    name: shape.optional(nameField("web")),
    tags: shape.optional(shape.tags()),
  }),
  {
    allOf: [atMostOneOf("vpcCidrBlock", "subnetId")],
    if: { required: NEW_VPC },
    then: without(["vpcId", "vpcCidrBlock", "subnetId"], "must be left out beside 'cidrBlock', a new VPC: take it out"),
    else: { allOf: [oneOf("cidrBlock", "vpcId")], dependencies: { vpcId: oneOf("subnetId", "vpcCidrBlock") } },
  },
);

/** Refuses keys that say none of the three kinds of network, or more than one. */
export function requireNetwork(network: NetworkSettings): void {
  const given = KINDS.filter((key) => network[key] !== undefined);
  const isOneKind = [NEW_VPC, NEW_SUBNET, EXISTING_SUBNET].some(
    (keys) => keys.length === given.length && given.every((key) => keys.includes(key)),
  );
  if (isOneKind) return;
  throw new PropError(
    "network",
    new Shown(given.length === 0 ? "none of them" : given.join(" and ")),
    "must have either cidrBlock (a new VPC), vpcId and vpcCidrBlock (a new subnet of a VPC that exists), or vpcId and " +
      "subnetId (a subnet that exists)",
    remedyFor(given),
  );
}

function remedyFor(given: readonly string[]): string {
  if (given.length === 0) return "add cidrBlock, or the ids of what exists";
  const [only] = given;
  if (given.length > 1 || only === "cidrBlock") return "take the others out";
  return only === "vpcId" ? "add subnetId or vpcCidrBlock" : "add vpcId";
}

/** The props of the network that is to be made; undefined where the subnet exists. */
export function networkProps(network: NetworkSettings): NetworkProps | undefined {
  const { vpcId, vpcCidrBlock, subnetId, ...props } = network;
  if (subnetId !== undefined) return undefined;
  if (vpcId === undefined || vpcCidrBlock === undefined) return props;
  return { ...props, vpc: Network.fromVpcAttributes({ vpcId, cidrBlock: vpcCidrBlock }) };
}

/** The subnet that the settings describe: child `Network` where it is new. */
export function subnetOf(
  stack: TerraformStack,
  network: NetworkSettings,
  defaults: Pick<NetworkProps, "name" | "tags">,
): ISubnet {
  const { vpcId, subnetId, subnetCidrBlock: cidrBlock, availabilityZone } = network;
  const props = networkProps(network);
  if (props !== undefined) return new Network(stack, "Network", { ...defaults, ...props }).subnet;
  return Network.fromSubnetAttributes({ vpcId: vpcId ?? "", subnetId: subnetId ?? "", cidrBlock, availabilityZone });
}
