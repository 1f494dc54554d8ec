import { problem } from "../../cloud/problem.ts";
import type { Holder } from "../../protocol/decision/index.ts";
import type { Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import {
  addressOn,
  instanceOf,
  interfaceWith,
  type NetworkInterface,
  type PrivateIp,
  primaryAddressOf,
} from "./network-interface.ts";

/** What was seen of a secondary private IP. */
export interface InterfaceObservation extends Observation {
  /** This node's network interface. */
  readonly ownId: string;
  /** Whether the interface that has the address is attached to nothing. */
  readonly isFree: boolean;
}

/**
 * How long, in ms, a task that has begun may take to be seen on its address: until then the address is moving, even if
 * the cloud shows it as it was. A second call would be refused at best.
 */
const SEEN_WITHIN_MS = 3000;

/**
 * Looks up this node's network interface and the one that has the address.
 *
 * @throws {Problem} where the API fails, or the settings are those of another node
 */
export async function observe(run: Run<"peerIp" | "privateIp" | "vpcId">): Promise<InterfaceObservation> {
  const { address, host, session, settings, task } = run;
  const { vip } = address;
  const { privateIp } = settings;
  const [own, found] = await Promise.all([
    session.ownInterface || interfaceWith(run, privateIp),
    interfaceWith(run, vip),
  ]);
  if (!own) throw problem("Settings", `${privateIp} is not this node's`);
  // From now on it looks at the address alone.
  session.ownInterface = own;
  if (found && found.SubnetId !== own.SubnetId) throw problem("Settings", `${vip} is not in ${own.SubnetId}`);
  const holder = found ? holderOf(run, found) : "none";
  const holderId = found?.NetworkInterfaceId;
  if (task && holderId !== task.movedFrom) task.seen = "elsewhere";
  else if (task && holder === "moving") task.seen = task.seen || "there";
  const isUnseen = task && !task.seen && host.clock() - task.begunAt < SEEN_WITHIN_MS;
  // It was found by the address, and so has it.
  const eip = found && (addressOn(found, vip) as PrivateIp).AddressId;
  return {
    holder: isUnseen ? "moving" : holder,
    holderId,
    isFree: !(found && instanceOf(found)),
    eip,
    hasEip: eip === address.eipId,
    ownId: own.NetworkInterfaceId,
  };
}

/** The EIP is not bound to the address. */
export function objection({ address }: Run, { hasEip }: InterfaceObservation): string | undefined {
  return address.eipId === undefined || hasEip ? undefined : `${address.eipId} is not on ${address.vip}`;
}

function holderOf({ address, settings }: Run<"peerIp" | "privateIp">, holder: NetworkInterface): Holder {
  // PENDING, MIGRATING or DELETING: a task still moves it.
  if ((addressOn(holder, address.vip) as PrivateIp).State !== "AVAILABLE") return "moving";
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
