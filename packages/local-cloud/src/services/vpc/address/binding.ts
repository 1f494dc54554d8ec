import type { Core } from "../state.ts";
import type { Address, AddressBinding } from "./state.ts";
import { addressTarget } from "./view.ts";

/** Tells what an EIP stands for now. */
export function emitEip({ state, events, now }: Core, address: Address): void {
  const { addressId, addressIp } = address;
  const target = addressTarget(state, address);
  const { privateIp, networkInterfaceId } = target ?? {};
  events.emit("eip", { addressId, addressIp, privateIp, networkInterfaceId, at: now() });
}

/** The EIP is promised to its target until `finishBinding`. */
export function startBinding(address: Address, binding: AddressBinding): void {
  address.binding = binding;
  address.transition = "BINDING";
}

/** The binding has come to nothing. */
export function undoBinding(address: Address): void {
  delete address.transition;
  delete address.binding;
}

/** The EIP stays bound. */
export function undoUnbinding(address: Address): void {
  delete address.transition;
}

/** The binding has come into force. */
export function finishBinding(core: Core, address: Address): void {
  delete address.transition;
  emitEip(core, address);
}

/** The EIP is free. */
export function finishUnbinding(core: Core, address: Address): void {
  delete address.transition;
  delete address.binding;
  emitEip(core, address);
}
