import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import { limitsOf } from "../../instance-limits.ts";
import { findPrivateIp, type NetworkInterface } from "../network-interface/state.ts";
import type { Core } from "../state.ts";
import { eipOf, eipOfHaVip } from "./lookup.ts";
import type { Address } from "./state.ts";
import { addressStatus } from "./view.ts";

/** @throws CloudError `InvalidParameterValue.AddressIdMalformed` or `InvalidAddressId.NotFound` */
export function getAddress({ state }: Core, id: string): Address {
  checkAddressId(id);
  const address = state.addresses.get(id);
  if (!address) throw new CloudError("InvalidAddressId.NotFound", `The EIP \`${id}\` of \`AddressId\` does not exist.`);
  return address;
}

/** @throws CloudError `InvalidParameterValue.AddressIdMalformed` */
export function checkAddressId(id: string): void {
  if (!isId("eip", id)) {
    throw new CloudError(
      "InvalidParameterValue.AddressIdMalformed",
      `The value \`${id}\` of \`AddressId\` is malformed.`,
    );
  }
}

/** @throws CloudError `UnsupportedOperation.AddressStatusNotPermit` */
export function checkUnbound({ state }: Core, address: Address): void {
  if (address.binding) {
    throw new CloudError(
      "UnsupportedOperation.AddressStatusNotPermit",
      `The status \`${addressStatus(state, address)}\` of \`${address.addressId}\` does not permit this operation.`,
    );
  }
}

/**
 * @param code - the error that the caller's target has for it
 * @throws CloudError if an EIP is bound to this address of the ENI
 */
export function checkNoEipOn({ state }: Core, networkInterfaceId: string, privateIp: string, code: string): void {
  const other = eipOf(state, networkInterfaceId, privateIp);
  if (other) {
    throw new CloudError(
      code,
      `The private IP address \`${privateIp}\` of \`${networkInterfaceId}\` is already bound to the EIP \`${other.addressId}\`.`,
    );
  }
}

/** @throws CloudError `InvalidNetworkInterfaceId.NotFound` if there is no such ENI, or it does not have the address */
export function getTarget({ state }: Core, networkInterfaceId: string, privateIp: string): NetworkInterface {
  const eni = state.networkInterfaces.get(networkInterfaceId);
  if (eni && findPrivateIp(eni, privateIp)) return eni;
  throw notOnInterface(networkInterfaceId, privateIp);
}

/** @throws CloudError `UnsupportedOperation.BindEIP` if the HAVIP has an EIP */
export function checkNoEip({ state }: Core, haVipId: string): void {
  const eip = eipOfHaVip(state, haVipId);
  if (eip) {
    throw new CloudError(
      "UnsupportedOperation.BindEIP",
      `The HAVIP \`${haVipId}\` already has the EIP \`${eip.addressIp}\`.`,
    );
  }
}

/** @throws CloudError `LimitExceeded.InstanceAddressQuota` if the ENI's instance has as many EIPs as its size allows */
export function checkPublicAddressQuota({ state }: Core, { instanceId }: NetworkInterface): void {
  const instance = instanceId === undefined ? undefined : state.instances.get(instanceId);
  const limits = instance && limitsOf(instance.instanceType);
  if (!limits) return;
  const count = [...state.addresses.values()].filter(
    ({ binding }) =>
      binding?.kind === "eni" && state.networkInterfaces.get(binding.networkInterfaceId)?.instanceId === instanceId,
  ).length;
  if (count >= limits.publicAddresses) {
    throw new CloudError(
      "LimitExceeded.InstanceAddressQuota",
      `The instance \`${instanceId}\` (${instance.instanceType}) has ${count} EIPs of at most ${limits.publicAddresses}.`,
    );
  }
}

/** There is no such ENI, or it does not have the address. */
export const notOnInterface = (networkInterfaceId: string, privateIp: string) =>
  new CloudError(
    "InvalidNetworkInterfaceId.NotFound",
    `The ENI \`${networkInterfaceId}\` does not exist or does not have the private IP address \`${privateIp}\`.`,
  );
