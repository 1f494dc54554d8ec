import { known } from "../../store.ts";
import { emitEip } from "../address/binding.ts";
import { eipOfHaVip } from "../address/lookup.ts";
import type { NetworkInterface } from "../network-interface/state.ts";
import type { Core } from "../state.ts";
import type { HaVip } from "./state.ts";

/** Puts a HAVIP on an ENI (undefined: on none), which is what its FlushedTime tells. */
export function moveHaVip(core: Core, haVip: HaVip, eni: NetworkInterface | undefined): void {
  const at = core.now();
  haVip.flushedAt = at;
  if (haVip.networkInterfaceId === eni?.networkInterfaceId) return;
  if (eni) haVip.networkInterfaceId = eni.networkInterfaceId;
  else delete haVip.networkInterfaceId;
  core.events.emit("holder", {
    vip: haVip.vip,
    mechanism: "havip",
    networkInterfaceId: eni?.networkInterfaceId,
    instanceId: eni?.instanceId,
    at,
  });
  const eip = eipOfHaVip(core.state, haVip.haVipId);
  if (eip && !eip.transition) emitEip(core, eip);
}

/**
 * The fabric has seen a gratuitous ARP: the HAVIP goes to the ENI that sent it, if it is in the HAVIP's subnet and,
 * with CheckAssociate, it or its instance is associated.
 *
 * @returns whether that ENI holds it now
 */
export function learn(core: Core, vip: string, networkInterfaceId: string): boolean {
  const eni = core.state.networkInterfaces.get(networkInterfaceId);
  const haVip = [...core.state.haVips.values()].find((other) => other.vip === vip && other.vpcId === eni?.vpcId);
  if (!eni || !haVip || haVip.subnetId !== eni.subnetId) return false;
  if (haVip.checkAssociate && !isAssociated(core, haVip, eni)) return false;
  if (isDropped(core, eni)) return false;
  if (haVip.networkInterfaceId !== networkInterfaceId) moveHaVip(core, haVip, eni);
  return true;
}

/** How long an association takes to reach the fabric where it comes late, in ms. */
const associationMs = 30_000;

const isAssociated = ({ assumptions, now }: Core, { associations }: HaVip, eni: NetworkInterface): boolean =>
  associations.some(
    ({ instanceId, associatedAt }) =>
      isMeant(eni, instanceId) &&
      (assumptions["ha-vip-association"] === "at-once" || now() - associatedAt >= associationMs),
  );

/** How far apart two announcements of an ENI are learned where they are limited, in ms. */
const announcementMs = 1000;

function isDropped({ assumptions, now }: Core, eni: NetworkInterface): boolean {
  if (assumptions["gratuitous-arp"] === "unlimited") return false;
  const at = now();
  if (eni.announcedAt !== undefined && at - eni.announcedAt < announcementMs) return true;
  eni.announcedAt = at;
  return false;
}

/** Whether an association's id is this ENI's or its instance's. */
export const isMeant = (eni: NetworkInterface, id: string) => id === eni.networkInterfaceId || id === eni.instanceId;

/** The ENI that holds a HAVIP. */
export const haVipHolder = ({ state }: Core, { networkInterfaceId }: HaVip) =>
  networkInterfaceId === undefined ? undefined : known(state.networkInterfaces, networkInterfaceId);

/** The ENI goes on holding no HAVIP. */
export function leaveHaVips(core: Core, { networkInterfaceId }: NetworkInterface): void {
  for (const haVip of core.state.haVips.values()) {
    if (haVip.networkInterfaceId === networkInterfaceId) moveHaVip(core, haVip, undefined);
  }
}

/** No HAVIP is associated with this instance or ENI any more. */
export function dropAssociations({ state }: Core, id: string): void {
  for (const haVip of state.haVips.values()) {
    haVip.associations = haVip.associations.filter(({ instanceId }) => instanceId !== id);
  }
}
