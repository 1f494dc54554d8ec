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
}

/** @throws CloudError `InvalidParameterValue.Malformed` for the CIDR block */
export function createVpc({ state, now }: Core, { vpcId = newId("vpc"), vpcName = vpcId, cidrBlock }: VpcOptions): Vpc {
  readCidr(cidrBlock);
  return add(state.vpcs, vpcId, { vpcId, vpcName, cidrBlock, createdAt: now() });
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
export function createSubnet({ state, now }: Core, options: SubnetOptions): Subnet {
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
  return add(state.subnets, subnetId, { subnetId, subnetName, vpcId, cidrBlock, zone, createdAt: now() });
}

function readCidr(cidrBlock: string): Ipv4Range {
  const range = parseCidr(cidrBlock);
  if (!range) throw malformed("CidrBlock", cidrBlock);
  return range;
}
