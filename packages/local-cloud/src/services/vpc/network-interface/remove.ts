import { dropTags } from "../../tag/index.ts";
import { finishUnbinding } from "../address/binding.ts";
import { eipsOf } from "../address/lookup.ts";
import { dropAssociations, leaveHaVips } from "../ha-vip/holder.ts";
import type { Core } from "../state.ts";
import { removePrivateIp } from "./holder.ts";
import type { NetworkInterface } from "./state.ts";

/** An ENI goes, with every address on it. HAVIPs lose their holder and the association, EIPs are unbound. */
export function removeNetworkInterface(core: Core, eni: NetworkInterface): void {
  const { networkInterfaceId } = eni;
  leaveHaVips(core, eni);
  dropAssociations(core, networkInterfaceId);
  for (const { privateIp } of [...eni.privateIpAddresses]) removePrivateIp(core, privateIp, eni);
  for (const eip of eipsOf(core.state, networkInterfaceId)) finishUnbinding(core, eip);
  core.state.networkInterfaces.delete(networkInterfaceId);
  dropTags(core.state, "vpc:eni", networkInterfaceId);
}
