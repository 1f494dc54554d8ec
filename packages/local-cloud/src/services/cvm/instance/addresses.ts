import { CloudError } from "../../../api/errors.ts";
import { checkAssignable, freeAddresses } from "../../vpc/index.ts";
import type { State } from "../state.ts";

/**
 * An address for each of so many instances: those that are asked for, or free ones.
 *
 * @throws CloudError if there are too few or too many, or one of them cannot be had
 */
export function chooseAddresses(
  state: State,
  subnetId: string,
  count: number,
  wanted: readonly string[] = [],
): readonly string[] {
  if (wanted.length === 0) {
    const free = freeAddresses(state, subnetId, count);
    if (free.length === count) return free;
    throw new CloudError(
      "FailedOperation.NoAvailableIpAddressCountInSubnet",
      `The subnet \`${subnetId}\` has ${free.length} free addresses of the ${count} that are needed.`,
    );
  }
  if (wanted.length !== count) {
    throw new CloudError(
      "InvalidParameterValue",
      `\`PrivateIpAddresses\` has an address for each of the ${count} instances, got ${wanted.length}.`,
    );
  }
  const twice = wanted.find((address, index) => wanted.indexOf(address) < index);
  if (twice !== undefined) {
    throw new CloudError("InvalidParameterValue.Duplicate", `\`PrivateIpAddresses\` has \`${twice}\` twice.`);
  }
  for (const address of wanted) checkFree(state, subnetId, address);
  return wanted;
}

/**
 * Whether an instance may get an address of a subnet.
 *
 * @throws CloudError `InvalidParameterValue.IPAddressMalformed`, `VpcAddrNotInSubNet` or `VpcIpIsUsed`
 */
export function checkFree(state: State, subnetId: string, address: string): void {
  try {
    checkAssignable(state, subnetId, address, "PrivateIpAddresses");
  } catch (error) {
    throw error instanceof CloudError ? new CloudError(cvmCode(error.code), error.message) : error;
  }
}

/** CVM has codes of its own for what VPC finds wrong with an address. */
function cvmCode(vpcCode: string): string {
  if (vpcCode === "ResourceInUse") return "VpcIpIsUsed";
  return vpcCode.endsWith(".Malformed") ? "InvalidParameterValue.IPAddressMalformed" : "VpcAddrNotInSubNet";
}
