import { problem } from "../../cloud/problem.ts";
import type { Holder } from "../../protocol/decision/index.ts";
import type { Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import { addressOn, instanceOf, interfaceWith, type NetworkInterface, primaryAddressOf } from "./network-interface.ts";

/** What was seen of a secondary private IP. */
export interface InterfaceObservation extends Observation {
  /** This node's network interface. */
  readonly ownId: string;
}

/**
 * Looks up this node's network interface and the one that has the address.
 *
 * @throws {Problem} where the API fails, or the settings are those of another node
 */
export async function observe(run: Run<"peerIp" | "privateIp" | "vpcId">): Promise<InterfaceObservation> {
  const { address, host, settings } = run;
  const { vip } = address;
  const { privateIp } = settings;
  const [own, holder] = await Promise.all([interfaceWith(run, privateIp), interfaceWith(run, vip)]);
  if (!own || !host.hasAddress(privateIp)) throw problem("Settings", `${privateIp} is not this node's`);
  const ownId = own.NetworkInterfaceId;
  if (!holder) return { holder: "none", holderId: undefined, eip: undefined, hasEip: false, ownId };
  if (holder.SubnetId !== own.SubnetId) throw problem("Settings", `${vip} is not in ${own.SubnetId}`);
  const eip = addressOn(holder, vip)?.AddressId;
  const hasEip = eip === address.eipId;
  return { holder: holderOf(run, holder), holderId: holder.NetworkInterfaceId, eip, hasEip, ownId };
}

/** The EIP is not bound to the address. */
export function objection({ address }: Run, { hasEip }: InterfaceObservation): string | undefined {
  return address.eipId === undefined || hasEip ? undefined : `${address.eipId} is not on ${address.vip}`;
}

function holderOf({ address, settings }: Run<"peerIp" | "privateIp">, holder: NetworkInterface): Holder {
  // PENDING, MIGRATING or DELETING: a task still moves it.
  if (addressOn(holder, address.vip)?.State !== "AVAILABLE") return "moving";
  switch (primaryAddressOf(holder)) {
    case settings.privateIp:
      return "mine";
    case settings.peerIp:
      return instanceOf(holder) ? "peer" : "gone";
    case address.parkingIp:
      return "parked";
    default:
      return "foreign";
  }
}
