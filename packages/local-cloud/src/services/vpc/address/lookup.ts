import type { State } from "../state.ts";
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

/** The EIPs of an ENI, also those of addresses that have left it. */
export const eipsOf = (state: State, networkInterfaceId: string): Address[] =>
  [...state.addresses.values()].filter(
    ({ binding }) => binding?.kind === "eni" && binding.networkInterfaceId === networkInterfaceId,
  );
