import { addressTaken, CloudError, malformed } from "../../../api/errors.ts";
import { formatIpv4, type Ipv4Range, parseCidr, parseIpv4, reservedAddresses } from "../../../engine/ipv4.ts";
import { known } from "../../store.ts";
import { findPrivateIp } from "../network-interface/state.ts";
import type { State } from "../state.ts";

/** The id of the ENI or HAVIP that has this address in the VPC. */
export function findHolder(state: State, vpcId: string, address: string): string | undefined {
  for (const eni of state.networkInterfaces.values()) {
    if (eni.vpcId === vpcId && findPrivateIp(eni, address)) return eni.networkInterfaceId;
  }
  for (const haVip of state.haVips.values()) {
    if (haVip.vpcId === vpcId && haVip.vip === address) return haVip.haVipId;
  }
  return undefined;
}

/** The range of a subnet that is there. */
export function subnetRange(state: State, subnetId: string): Ipv4Range {
  const { cidrBlock } = known(state.subnets, subnetId);
  const range = parseCidr(cidrBlock);
  if (!range) throw new Error(`subnet '${subnetId}' has the CIDR block '${cidrBlock}', which is malformed`);
  return range;
}

/**
 * Whether an address of a subnet may be given away.
 *
 * @param parameter - the name that the errors give
 * @throws CloudError `InvalidParameterValue.Malformed`, `.Range`, `.Reserved` or `ResourceInUse`
 */
export function checkAssignable(state: State, subnetId: string, address: string, parameter: string): void {
  const number = parseIpv4(address);
  if (number === undefined) throw malformed(parameter, address);
  const subnet = known(state.subnets, subnetId);
  const range = subnetRange(state, subnetId);
  if (number < range.first || number > range.last) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `The value \`${address}\` of \`${parameter}\` is not in the subnet \`${subnetId}\` (${subnet.cidrBlock}).`,
    );
  }
  if (reservedAddresses(range).includes(number)) {
    throw new CloudError(
      "InvalidParameterValue.Reserved",
      `The value \`${address}\` of \`${parameter}\` is reserved by the system in the subnet \`${subnetId}\` (${subnet.cidrBlock}).`,
    );
  }
  const holder = findHolder(state, subnet.vpcId, address);
  if (holder) throw addressTaken(address, holder);
}

/** The first free addresses of a subnet; fewer than asked for if there are no more. */
export function freeAddresses(state: State, subnetId: string, count: number): string[] {
  const { vpcId } = known(state.subnets, subnetId);
  const range = subnetRange(state, subnetId);
  const free: string[] = [];
  for (let number = range.first; number <= range.last && free.length < count; number += 1) {
    const address = formatIpv4(number);
    if (!reservedAddresses(range).includes(number) && !findHolder(state, vpcId, address)) free.push(address);
  }
  return free;
}
