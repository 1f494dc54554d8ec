import type { Core } from "./action.ts";
import { eipOf, eipOfHaVip, findPrivateIp } from "./addressing.ts";
import { type Address, type AddressBinding, type HaVip, known, type NetworkInterface } from "./state.ts";
import { addressTarget } from "./views.ts";

/** Tells who has the address of a secondary private IP now. */
export function emitHolder({ events, now }: Core, vip: string, eni: NetworkInterface | undefined): void {
  events.emit("holder", {
    vip,
    mechanism: "secondary-private-ip",
    networkInterfaceId: eni?.networkInterfaceId,
    instanceId: eni?.instanceId,
    at: now(),
  });
}

function emitEip({ state, events, now }: Core, address: Address): void {
  const { addressId, addressIp } = address;
  const target = addressTarget(state, address);
  const { privateIp, networkInterfaceId } = target ?? {};
  events.emit("eip", { addressId, addressIp, privateIp, networkInterfaceId, at: now() });
}

/** Puts an address of one ENI on another, and its EIP with it. */
export function movePrivateIp(
  core: Core,
  privateIp: string,
  source: NetworkInterface,
  destination: NetworkInterface,
): void {
  const entry = findPrivateIp(source, privateIp);
  if (!entry || entry.primary)
    throw new Error(`'${privateIp}' cannot move: it is no secondary address of ${source.networkInterfaceId}`);
  const eip = eipOf(core.state, source.networkInterfaceId, privateIp);
  source.privateIpAddresses = source.privateIpAddresses.filter((other) => other !== entry);
  destination.privateIpAddresses.push({ ...entry, state: "AVAILABLE" });
  if (eip) eip.binding = { kind: "eni", networkInterfaceId: destination.networkInterfaceId, privateIp };
  emitHolder(core, privateIp, destination);
  if (eip) emitEip(core, eip);
}

/** Takes an address off an ENI; its EIP is unbound. */
export function removePrivateIp(core: Core, privateIp: string, eni: NetworkInterface): void {
  const eip = eipOf(core.state, eni.networkInterfaceId, privateIp);
  eni.privateIpAddresses = eni.privateIpAddresses.filter((entry) => entry.privateIp !== privateIp);
  if (eip) finishUnbinding(core, eip);
  emitHolder(core, privateIp, undefined);
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
  if (haVip.checkAssociate && !haVip.associations.some(({ instanceId }) => isMeant(eni, instanceId))) return false;
  if (haVip.networkInterfaceId !== networkInterfaceId) moveHaVip(core, haVip, eni);
  return true;
}

/** Whether an association's id is this ENI's or its instance's. */
export const isMeant = (eni: NetworkInterface, id: string) => id === eni.networkInterfaceId || id === eni.instanceId;

/** The ENI that holds a HAVIP. */
export const haVipHolder = ({ state }: Core, { networkInterfaceId }: HaVip) =>
  networkInterfaceId === undefined ? undefined : known(state.networkInterfaces, networkInterfaceId);
