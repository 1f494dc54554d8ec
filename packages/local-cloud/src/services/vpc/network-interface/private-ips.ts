import {
  CloudError,
  malformed,
  missingParameter,
  mutexOperationTaskRunning,
  unsupportedOperation,
} from "../../../api/errors.ts";
import { boolean, integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { parseIpv4 } from "../../../engine/ipv4.ts";
import { addressLock, defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkAssignable, freeAddresses } from "../subnet/private-addresses.ts";
import { checkCount, checkPrivateIpQuota, getEni } from "./checks.ts";
import { checkDistinct } from "./create.ts";
import { emitHolder, movePrivateIp, removePrivateIp } from "./holder.ts";
import { findPrivateIp, type NetworkInterface, type PrivateIp } from "./state.ts";
import { privateIpView } from "./view.ts";

const addressSpecification = object({
  PrivateIpAddress: string,
  Primary: optional(boolean),
  Description: unsupported,
  QosLevel: unsupported,
});

/** Moves a secondary address, and its EIP with it, to another ENI of the subnet; asynchronous. */
export const migratePrivateIpAddress = defineAction(
  "MigratePrivateIpAddress",
  object({ SourceNetworkInterfaceId: string, DestinationNetworkInterfaceId: string, PrivateIpAddress: string }),
  (core, parameters, requestId) => {
    const source = getEni(core, "SourceNetworkInterfaceId", parameters.SourceNetworkInterfaceId);
    const destination = getEni(core, "DestinationNetworkInterfaceId", parameters.DestinationNetworkInterfaceId);
    const address = parameters.PrivateIpAddress;
    if (parseIpv4(address) === undefined) throw malformed("PrivateIpAddress", address);
    checkUnlocked(core, source.vpcId, address);
    const entry = findPrivateIp(source, address);
    if (!entry) throw notAttached("UnauthorizedOperation.AttachmentNotFound", address, source);
    if (entry.primary) {
      throw new CloudError(
        "UnauthorizedOperation.PrimaryIp",
        `The primary IP address \`${address}\` does not support this operation.`,
      );
    }
    if (source.instanceId === undefined && core.assumptions["migration-from-free-eni"] === "refused") {
      throw new CloudError(
        "UnauthorizedOperation.AttachmentNotFound",
        `The ENI \`${source.networkInterfaceId}\` is attached to no instance.`,
      );
    }
    if (source === destination)
      throw unsupportedOperation(`\`${address}\` is already on \`${source.networkInterfaceId}\`.`);
    if (source.subnetId !== destination.subnetId) {
      throw unsupportedOperation(
        `The ENIs must be in the same subnet, got \`${source.subnetId}\` and \`${destination.subnetId}\`.`,
      );
    }
    checkPrivateIpQuota(core, destination, 1);
    entry.state = "MIGRATING";
    core.tasks.start({
      taskId: requestId,
      action: "MigratePrivateIpAddress",
      locks: [addressLock(source.vpcId, address)],
      possible: () => isThere(core, source) && isThere(core, destination),
      commit: () => movePrivateIp(core, address, source, destination),
      undo: () => void (entry.state = "AVAILABLE"),
    });
    return {};
  },
);

/** Puts free addresses of the subnet on an ENI; asynchronous. */
export const assignPrivateIpAddresses = defineAction(
  "AssignPrivateIpAddresses",
  object({
    NetworkInterfaceId: string,
    PrivateIpAddresses: optional(list(addressSpecification)),
    SecondaryPrivateIpAddressCount: optional(integer),
  }),
  (
    core,
    { NetworkInterfaceId, PrivateIpAddresses: given = [], SecondaryPrivateIpAddressCount: count = 0 },
    requestId,
  ) => {
    const eni = getEni(core, "NetworkInterfaceId", NetworkInterfaceId);
    if (given.length === 0 && count === 0) throw missingParameter("PrivateIpAddresses");
    if (given.length > 0 && count > 0) {
      throw new CloudError(
        "InvalidParameter.Coexist",
        "The parameters `PrivateIpAddresses` and `SecondaryPrivateIpAddressCount` cannot be specified at the same time.",
      );
    }
    checkCount("PrivateIpAddresses", Math.max(given.length, count));
    if (given.some(({ Primary }) => Primary)) throw unsupportedOperation("A primary IP address cannot be assigned.");
    const addresses = count > 0 ? takeFree(core, eni, count) : given.map(({ PrivateIpAddress }) => PrivateIpAddress);
    checkDistinct(addresses);
    for (const address of addresses) {
      checkUnlocked(core, eni.vpcId, address);
      checkAssignable(core.state, eni.subnetId, address, "PrivateIpAddresses");
    }
    checkPrivateIpQuota(core, eni, addresses.length);
    const entries = addresses.map((privateIp): PrivateIp => ({ privateIp, primary: false, state: "PENDING" }));
    eni.privateIpAddresses.push(...entries);
    core.tasks.start({
      taskId: requestId,
      action: "AssignPrivateIpAddresses",
      locks: addresses.map((address) => addressLock(eni.vpcId, address)),
      possible: () => isThere(core, eni),
      commit: () => {
        for (const entry of entries) entry.state = "AVAILABLE";
        for (const { privateIp } of entries) emitHolder(core, privateIp, eni);
      },
      undo: () => {
        eni.privateIpAddresses = eni.privateIpAddresses.filter((entry) => !entries.includes(entry));
      },
    });
    return { PrivateIpAddressSet: entries.map((entry) => privateIpView(core.state, eni, entry)) };
  },
);

/** Takes secondary addresses off an ENI and unbinds their EIPs; asynchronous. */
export const unassignPrivateIpAddresses = defineAction(
  "UnassignPrivateIpAddresses",
  object({ NetworkInterfaceId: string, PrivateIpAddresses: list(addressSpecification) }),
  (core, { NetworkInterfaceId, PrivateIpAddresses }, requestId) => {
    const eni = getEni(core, "NetworkInterfaceId", NetworkInterfaceId);
    const addresses = PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress);
    if (addresses.length === 0) throw missingParameter("PrivateIpAddresses");
    checkCount("PrivateIpAddresses", addresses.length);
    checkDistinct(addresses);
    const entries = addresses.map((address) => {
      if (parseIpv4(address) === undefined) throw malformed("PrivateIpAddresses", address);
      checkUnlocked(core, eni.vpcId, address);
      const entry = findPrivateIp(eni, address);
      if (!entry) throw notAttached("UnsupportedOperation.AttachmentNotFound", address, eni);
      if (entry.primary) throw unsupportedOperation(`The primary IP address \`${address}\` cannot be unassigned.`);
      return entry;
    });
    for (const entry of entries) entry.state = "DELETING";
    core.tasks.start({
      taskId: requestId,
      action: "UnassignPrivateIpAddresses",
      locks: addresses.map((address) => addressLock(eni.vpcId, address)),
      possible: () => isThere(core, eni),
      commit: () => {
        for (const address of addresses) removePrivateIp(core, address, eni);
      },
      undo: () => {
        for (const entry of entries) entry.state = "AVAILABLE";
      },
    });
    return {};
  },
);

/** An ENI goes with its instance, whatever task works on it. */
const isThere = ({ state }: Core, { networkInterfaceId }: NetworkInterface) =>
  state.networkInterfaces.has(networkInterfaceId);

function checkUnlocked({ tasks }: Core, vpcId: string, address: string): void {
  if (tasks.lockedBy(addressLock(vpcId, address))) throw mutexOperationTaskRunning(address);
}

function takeFree({ state }: Core, eni: NetworkInterface, count: number): string[] {
  const addresses = freeAddresses(state, eni.subnetId, count);
  if (addresses.length === count) return addresses;
  throw new CloudError(
    "ResourceInsufficient.Subnet",
    `The subnet \`${eni.subnetId}\` has ${addresses.length} free addresses, ${count} were asked for.`,
  );
}

const notAttached = (code: string, address: string, eni: NetworkInterface) =>
  new CloudError(code, `The private IP address \`${address}\` is not on the ENI \`${eni.networkInterfaceId}\`.`);
