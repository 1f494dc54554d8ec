import { emitEip, finishUnbinding } from "../address/binding.ts";
import { eipOf } from "../address/lookup.ts";
import type { Address } from "../address/state.ts";
import type { Core } from "../state.ts";
import { findPrivateIp, type NetworkInterface } from "./state.ts";

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
  emitHolder(core, privateIp, destination);
  if (eip) takeEipAlong(core, eip, destination, privateIp);
}

function takeEipAlong(core: Core, eip: Address, { networkInterfaceId }: NetworkInterface, privateIp: string): void {
  switch (core.assumptions["eip-of-migrated-address"]) {
    case "follows":
      eip.binding = { kind: "eni", networkInterfaceId, privateIp };
      return emitEip(core, eip);
    case "unbound":
      return finishUnbinding(core, eip);
    case "stays":
      // It goes on standing for an address that its ENI no longer has: what is sent to it arrives nowhere.
      core.events.emit("eip", {
        addressId: eip.addressId,
        addressIp: eip.addressIp,
        privateIp: undefined,
        networkInterfaceId: undefined,
        at: core.now(),
      });
  }
}

/** Takes an address off an ENI; its EIP is unbound. */
export function removePrivateIp(core: Core, privateIp: string, eni: NetworkInterface): void {
  const eip = eipOf(core.state, eni.networkInterfaceId, privateIp);
  eni.privateIpAddresses = eni.privateIpAddresses.filter((entry) => entry.privateIp !== privateIp);
  if (eip) finishUnbinding(core, eip);
  emitHolder(core, privateIp, undefined);
}
