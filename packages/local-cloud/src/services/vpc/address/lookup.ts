import type { State } from "../../state.ts";
import type { Address } from "./state.ts";

/** The EIP of a private address, also while it is being bound or unbound. */
export function eipOf(state: State, networkInterfaceId: string, privateIp: string): Address | undefined {
  return [...state.addresses.values()].find(
    ({ binding }) =>
      binding?.kind === "eni" && binding.networkInterfaceId === networkInterfaceId && binding.privateIp === privateIp,
  );
}

/** The EIP of a HAVIP, also while it is being bound or unbound. */
export function eipOfHaVip(state: State, haVipId: string): Address | undefined {
  return [...state.addresses.values()].find(({ binding }) => binding?.kind === "haVip" && binding.haVipId === haVipId);
}
