import { dropTags } from "../../tag/index.ts";
import { dropAssociations, eipOf, leaveHaVips, removeAddress, removeNetworkInterface } from "../../vpc/index.ts";
import type { Core } from "../state.ts";
import type { Instance } from "./state.ts";

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
