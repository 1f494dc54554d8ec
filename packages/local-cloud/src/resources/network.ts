import type { Core } from "../action.ts";
import { CloudError, malformed } from "../errors.ts";
import { contains, type Ipv4Range, overlaps, parseCidr } from "../ipv4.ts";
import { newId, type Subnet, type Vpc } from "../state.ts";
import { add, get } from "./store.ts";

/** A VPC to create. */
export interface VpcOptions {
  readonly vpcId?: string;
  /** @default - its id */
  readonly vpcName?: string;
  readonly cidrBlock: string;
  /** @default - the cloud's */
  readonly dnsServers?: readonly string[];
  /** @default false */
  readonly multicast?: boolean;
}

/** The name servers of a VPC that asks for none. Source: the VPC product's documentation of DHCP. */
const cloudDnsServers = ["183.60.83.19", "183.60.82.98"];

/** @throws CloudError `InvalidParameterValue.Malformed` for the CIDR block, `LimitExceeded` for too many VPCs */
export function createVpc({ state, quotas, now }: Core, options: VpcOptions): Vpc {
  const { vpcId = newId("vpc"), vpcName = vpcId, cidrBlock, dnsServers, multicast = false } = options;
  readCidr(cidrBlock);
  if (state.vpcs.size >= quotas.vpcs) {
    throw new CloudError("LimitExceeded", `There are ${state.vpcs.size} VPCs of at most ${quotas.vpcs}.`);
  }
  return add(state.vpcs, vpcId, {
    vpcId,
    vpcName,
    cidrBlock,
    dnsServers: [...(dnsServers?.length ? dnsServers : cloudDnsServers)],
    multicast,
    routeTableId: newId("rtb"),
    createdAt: now(),
  });
}

/** A subnet to create. */
export interface SubnetOptions {
  readonly subnetId?: string;
  /** @default - its id */
  readonly subnetName?: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly zone: string;
}

/** @throws CloudError if the block is malformed, outside the VPC's or overlaps another subnet's */
export function createSubnet({ state, quotas, now }: Core, options: SubnetOptions): Subnet {
  const { subnetId = newId("subnet"), subnetName = subnetId, vpcId, cidrBlock, zone } = options;
  const range = readCidr(cidrBlock);
  const vpc = get(state.vpcs, "VpcId", vpcId);
  if (!contains(readCidr(vpc.cidrBlock), range)) {
    throw new CloudError(
      "InvalidParameterValue.SubnetRange",
      `The subnet \`${cidrBlock}\` is not in the VPC \`${vpcId}\` (${vpc.cidrBlock}).`,
    );
  }
  for (const other of state.subnets.values()) {
    if (other.vpcId === vpcId && overlaps(readCidr(other.cidrBlock), range)) {
      throw new CloudError(
        "InvalidParameterValue.SubnetConflict",
        `The subnet \`${cidrBlock}\` overlaps \`${other.subnetId}\` (${other.cidrBlock}).`,
      );
    }
  }
  const count = [...state.subnets.values()].filter((subnet) => subnet.vpcId === vpcId).length;
  if (count >= quotas.subnetsPerVpc) {
    throw new CloudError(
      "LimitExceeded",
      `The VPC \`${vpcId}\` has ${count} subnets of at most ${quotas.subnetsPerVpc}.`,
    );
  }
  return add(state.subnets, subnetId, { subnetId, subnetName, vpcId, cidrBlock, zone, createdAt: now() });
}

function readCidr(cidrBlock: string): Ipv4Range {
  const range = parseCidr(cidrBlock);
  if (!range) throw malformed("CidrBlock", cidrBlock);
  return range;
}
