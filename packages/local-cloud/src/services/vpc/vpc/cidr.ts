import { CloudError, malformed } from "../../../api/errors.ts";
import { contains, type Ipv4Range, parseCidr } from "../../../engine/ipv4.ts";

/** @throws CloudError `InvalidParameterValue.Malformed` */
export function readCidr(cidrBlock: string): Ipv4Range {
  const range = parseCidr(cidrBlock);
  if (!range) throw malformed("CidrBlock", cidrBlock);
  return range;
}

/** Source: the VPC API's description of CreateVpc. */
const vpcRanges = ["10.0.0.0/12", "172.16.0.0/12", "192.168.0.0/16"];
const vpcMask = { min: 12, max: 28 };

/** @throws CloudError `InvalidParameterValue.Range` for a range that no VPC may have, `.Malformed` */
export function checkVpcCidr(cidrBlock: string): void {
  const range = readCidr(cidrBlock);
  if (range.prefixLength < vpcMask.min || range.prefixLength > vpcMask.max) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `The mask of \`CidrBlock\` is ${vpcMask.min} to ${vpcMask.max}, got \`${cidrBlock}\`.`,
    );
  }
  if (!vpcRanges.some((outer) => contains(readCidr(outer), range))) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `\`CidrBlock\` must be within ${vpcRanges.join(", ")}, got \`${cidrBlock}\`.`,
    );
  }
}

const maxSubnetMask = 29;

/** @throws CloudError `InvalidParameterValue.SubnetRange` for a mask over 29 */
export function checkSubnetMask({ prefixLength }: Ipv4Range, cidrBlock: string): void {
  if (prefixLength <= maxSubnetMask) return;
  throw new CloudError(
    "InvalidParameterValue.SubnetRange",
    `The mask of a subnet is at most ${maxSubnetMask}, got \`${cidrBlock}\`.`,
  );
}
