import type { HolderEvent } from "../../engine/events.ts";
import { haVipHolder } from "./ha-vip/holder.ts";
import { findPrivateIp } from "./network-interface/state.ts";
import type { Core, State } from "./state.ts";

/** What has an address. */
export type Holder = Pick<HolderEvent, "mechanism" | "networkInterfaceId" | "instanceId">;

/** Who has an address, HAVIP or not, in whichever VPC has it first; undefined if nobody has. */
export function holderOf(core: Core, vip: string): Holder | undefined {
  const { state } = core;
  const haVip = [...state.haVips.values()].find((other) => other.vip === vip);
  const eni = haVip
    ? haVipHolder(core, haVip)
    : [...state.networkInterfaces.values()].find((other) => findPrivateIp(other, vip));
  if (!eni) return undefined;
  const { networkInterfaceId, instanceId } = eni;
  return { mechanism: haVip ? "havip" : "secondary-private-ip", networkInterfaceId, instanceId };
}

/** The instance whose network interface has an address. */
export function instanceWith(state: State, address: string): string | undefined {
  for (const eni of state.networkInterfaces.values()) {
    if (eni.instanceId !== undefined && findPrivateIp(eni, address)) return eni.instanceId;
  }
  return undefined;
}
