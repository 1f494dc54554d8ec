import type { Core } from "../action.ts";
import { eipOf } from "../addressing.ts";
import { moveHaVip, removePrivateIp } from "../moves.ts";
import type { Instance, NetworkInterface } from "../state.ts";
import { dropTags } from "./tags.ts";

/**
 * An instance goes, with its primary ENI, every address on it and its disk. HAVIPs lose their holder and the
 * association, EIPs are unbound, secondary ENIs are detached.
 *
 * @param releaseAddresses - whether the EIPs go as well
 */
export function removeInstance(core: Core, instance: Instance, releaseAddresses: boolean): void {
  const { state } = core;
  const { instanceId } = instance;
  for (const eni of [...state.networkInterfaces.values()].filter((each) => each.instanceId === instanceId)) {
    if (eni.primary) {
      const eips = eni.privateIpAddresses.map(({ privateIp }) => eipOf(state, eni.networkInterfaceId, privateIp));
      removeNetworkInterface(core, eni);
      if (releaseAddresses) for (const eip of eips) if (eip) removeAddress(core, eip.addressId);
    } else {
      leaveHaVips(core, eni);
      delete eni.instanceId;
    }
  }
  dropAssociations(core, instanceId);
  state.instances.delete(instanceId);
  dropTags(state, "cvm:instance", instanceId);
  dropTags(state, "cvm:volume", instance.systemDisk.diskId);
}

/** An ENI goes, with every address on it. HAVIPs lose their holder and the association, EIPs are unbound. */
export function removeNetworkInterface(core: Core, eni: NetworkInterface): void {
  const { networkInterfaceId } = eni;
  leaveHaVips(core, eni);
  dropAssociations(core, networkInterfaceId);
  for (const { privateIp } of [...eni.privateIpAddresses]) removePrivateIp(core, privateIp, eni);
  core.state.networkInterfaces.delete(networkInterfaceId);
  dropTags(core.state, "vpc:eni", networkInterfaceId);
}

/** An EIP goes that is bound to nothing. */
export function removeAddress({ state }: Core, addressId: string): void {
  state.addresses.delete(addressId);
  dropTags(state, "vpc:eip", addressId);
}

function leaveHaVips(core: Core, { networkInterfaceId }: NetworkInterface): void {
  for (const haVip of core.state.haVips.values()) {
    if (haVip.networkInterfaceId === networkInterfaceId) moveHaVip(core, haVip, undefined);
  }
}

function dropAssociations({ state }: Core, id: string): void {
  for (const haVip of state.haVips.values()) {
    haVip.associations = haVip.associations.filter(({ instanceId }) => instanceId !== id);
  }
}
