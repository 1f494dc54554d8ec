import type { Core } from "../action.ts";
import { eipOf } from "../addressing.ts";
import { moveHaVip, removePrivateIp } from "../moves.ts";
import type { Instance } from "../state.ts";
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
  const enis = [...state.networkInterfaces.values()].filter((eni) => eni.instanceId === instanceId);
  for (const haVip of state.haVips.values()) {
    if (enis.some(({ networkInterfaceId }) => networkInterfaceId === haVip.networkInterfaceId)) {
      moveHaVip(core, haVip, undefined);
    }
    haVip.associations = haVip.associations.filter(
      (association) => association.instanceId !== instanceId && association.instanceId !== instance.networkInterfaceId,
    );
  }
  for (const eni of enis) {
    if (!eni.primary) {
      delete eni.instanceId;
      continue;
    }
    for (const { privateIp } of [...eni.privateIpAddresses]) {
      const eip = eipOf(state, eni.networkInterfaceId, privateIp);
      removePrivateIp(core, privateIp, eni);
      if (eip && releaseAddresses) state.addresses.delete(eip.addressId);
    }
    state.networkInterfaces.delete(eni.networkInterfaceId);
    dropTags(state, "vpc:eni", eni.networkInterfaceId);
  }
  state.instances.delete(instanceId);
  dropTags(state, "cvm:instance", instanceId);
  dropTags(state, "cvm:volume", instance.systemDisk.diskId);
}
