import { emitEip } from "../address/binding.ts";
import { eipOf } from "../address/lookup.ts";
import { leaveHaVips } from "../ha-vip/holder.ts";
import type { Core } from "../state.ts";
import type { NetworkInterface } from "./state.ts";

/** Where an ENI is, and its primary address there. */
export interface Place {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly privateIp: string;
}

/** An ENI gets another primary address, maybe in another subnet; its EIP goes along, HAVIPs stay in their subnet. */
export function readdress(core: Core, eni: NetworkInterface, { vpcId, subnetId, privateIp }: Place): void {
  const { networkInterfaceId } = eni;
  const primary = eni.privateIpAddresses.find((entry) => entry.primary);
  if (!primary) throw new Error(`'${networkInterfaceId}' has no primary address`);
  if (eni.subnetId !== subnetId) leaveHaVips(core, eni);
  const eip = eipOf(core.state, networkInterfaceId, primary.privateIp);
  Object.assign(eni, { vpcId, subnetId });
  primary.privateIp = privateIp;
  if (!eip) return;
  eip.binding = { kind: "eni", networkInterfaceId, privateIp };
  emitEip(core, eip);
}
