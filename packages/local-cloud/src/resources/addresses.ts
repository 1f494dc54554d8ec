import type { Core } from "../action.ts";
import { eipOf, findPrivateIp } from "../addressing.ts";
import { CloudError, malformed, missingParameter } from "../errors.ts";
import { parseIpv4 } from "../ipv4.ts";
import { type Address, type AddressBinding, type NetworkInterface, newId } from "../state.ts";
import { addressStatus } from "../views.ts";
import { checkNoEip } from "./ha-vips.ts";
import { add, checkNew, get } from "./store.ts";

/** What an EIP is to stand for: an address of an ENI, or a HAVIP. */
export interface BindingOptions {
  readonly networkInterfaceId?: string;
  /** Goes with `networkInterfaceId`. */
  readonly privateIp?: string;
  /** Excludes the other two. */
  readonly haVipId?: string;
}

/** An EIP to create. */
export interface AddressOptions extends BindingOptions {
  readonly addressId?: string;
  readonly addressIp: string;
  /** @default - its id */
  readonly name?: string;
  /** @default "TRAFFIC_POSTPAID_BY_HOUR" */
  readonly internetChargeType?: string;
  /** @default 1 */
  readonly bandwidthMbps?: number;
}

/**
 * An EIP, bound at once if its target is given.
 *
 * @throws CloudError if the address or the id is taken, or the target has an EIP or does not exist
 */
export function createAddress(core: Core, options: AddressOptions): Address {
  const { addressId = newId("eip"), addressIp, name = addressId, ...rest } = options;
  const { internetChargeType = "TRAFFIC_POSTPAID_BY_HOUR", bandwidthMbps = 1, ...target } = rest;
  const { state, now } = core;
  if (parseIpv4(addressIp) === undefined) throw malformed("AddressIp", addressIp);
  checkNew(state.addresses, addressId);
  for (const other of state.addresses.values()) {
    if (other.addressIp === addressIp) {
      throw new CloudError(
        "ResourceInUse.Address",
        `The address \`${addressIp}\` is in use by \`${other.addressId}\`.`,
      );
    }
  }
  const address: Address = { addressId, name, addressIp, internetChargeType, bandwidthMbps, createdAt: now() };
  if (target.haVipId !== undefined || target.networkInterfaceId !== undefined)
    address.binding = readBinding(core, target);
  return add(state.addresses, addressId, address);
}

/**
 * Binds at once, without a task.
 *
 * @throws CloudError if the EIP is bound, or the target has an EIP or does not exist
 */
export function bindAddress(
  core: Core,
  { addressId, ...target }: BindingOptions & { readonly addressId: string },
): void {
  const address = get(core.state.addresses, "AddressId", addressId);
  checkUnbound(core, address);
  address.binding = readBinding(core, target);
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
  throw new CloudError(
    "InvalidNetworkInterfaceId.NotFound",
    `The ENI \`${networkInterfaceId}\` does not exist or does not have the private IP address \`${privateIp}\`.`,
  );
}

function readBinding(core: Core, { haVipId, networkInterfaceId, privateIp }: BindingOptions): AddressBinding {
  if (haVipId !== undefined) {
    if (networkInterfaceId !== undefined) {
      throw new CloudError(
        "InvalidParameterConflict",
        "`haVipId` and `networkInterfaceId` cannot be specified at the same time.",
      );
    }
    get(core.state.haVips, "HaVipId", haVipId);
    checkNoEip(core, haVipId);
    return { kind: "haVip", haVipId };
  }
  if (networkInterfaceId === undefined) throw missingParameter("NetworkInterfaceId");
  if (privateIp === undefined) throw missingParameter("PrivateIpAddress");
  getTarget(core, networkInterfaceId, privateIp);
  checkNoEipOn(core, networkInterfaceId, privateIp, "InvalidPrivateIpAddress.AlreadyBindEip");
  return { kind: "eni", networkInterfaceId, privateIp };
}
