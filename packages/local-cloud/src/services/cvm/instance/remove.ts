import { releaseDisks } from "../../cbs/index.ts";
import { dropTags } from "../../tag/index.ts";
import { dropAssociations, eipOf, leaveHaVips, removeAddress, removeNetworkInterface } from "../../vpc/index.ts";
import type { Core } from "../state.ts";
import type { Instance } from "./state.ts";

/** What goes with an instance though it could be kept. */
export interface Releases {
  /** The EIPs on its addresses. */
  readonly addresses: boolean;
  /** The data disks that are paid in advance. */
  readonly prepaidDataDisks: boolean;
}

/**
 * An instance goes, with its primary ENI, every address on it and its disks, but for data disks that are kept. HAVIPs lose
 * their holder and the association, EIPs are unbound, secondary ENIs are detached.
 */
export function removeInstance(core: Core, instance: Instance, releases: Releases): void {
  const { state } = core;
  const { instanceId } = instance;
  for (const eni of [...state.networkInterfaces.values()].filter((each) => each.instanceId === instanceId)) {
    if (eni.primary) {
      const eips = eni.privateIpAddresses.map(({ privateIp }) => eipOf(state, eni.networkInterfaceId, privateIp));
      removeNetworkInterface(core, eni);
      if (releases.addresses) for (const eip of eips) if (eip) removeAddress(core, eip.addressId);
    } else {
      leaveHaVips(core, eni);
      delete eni.instanceId;
    }
  }
  dropAssociations(core, instanceId);
  state.instances.delete(instanceId);
  dropTags(state, "cvm:instance", instanceId);
  releaseDisks(core, instanceId, releases.prepaidDataDisks);
}
