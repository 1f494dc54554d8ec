import { CloudError, malformed, missingParameter } from "../../../api/errors.ts";
import { newId } from "../../../engine/ids.ts";
import { parseIpv4 } from "../../../engine/ipv4.ts";
import { add, checkNew, get } from "../../store.ts";
import type { Core } from "../state.ts";
import { checkNoEip, checkNoEipOn, checkUnbound, getTarget } from "./checks.ts";
import type { Address, AddressBinding } from "./state.ts";

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
