import { malformed } from "../../../api/errors.ts";
import { type Ipv4Range, parseCidr } from "../../../engine/ipv4.ts";

/** @throws CloudError `InvalidParameterValue.Malformed` */
export function readCidr(cidrBlock: string): Ipv4Range {
  const range = parseCidr(cidrBlock);
  if (!range) throw malformed("CidrBlock", cidrBlock);
  return range;
}
