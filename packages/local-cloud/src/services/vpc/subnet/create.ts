import { CloudError } from "../../../api/errors.ts";
import { newId } from "../../../engine/ids.ts";
import { contains, overlaps } from "../../../engine/ipv4.ts";
import { add, get } from "../../store.ts";
import type { Core } from "../state.ts";
import { checkSubnetMask, readCidr } from "../vpc/cidr.ts";
import type { Subnet } from "./state.ts";

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
  checkSubnetMask(range, cidrBlock);
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
