import { CloudError } from "../../../api/errors.ts";
import { newId, newMacAddress } from "../../../engine/ids.ts";
import { add, get } from "../../store.ts";
import type { Core } from "../state.ts";
import { checkAssignable } from "../subnet/private-addresses.ts";
import { privateIpQuota } from "./checks.ts";
import type { NetworkInterface } from "./state.ts";

/** An ENI to create. */
export interface NetworkInterfaceOptions {
  readonly networkInterfaceId?: string;
  /** @default - its id */
  readonly name?: string;
  readonly subnetId: string;
  /** Its primary address. */
  readonly privateIp: string;
  /** @default - none */
  readonly secondaryPrivateIps?: readonly string[];
  /** @default - it is attached to nothing */
  readonly instanceId?: string;
  /** @default - a random one */
  readonly macAddress?: string;
  /** @default - none */
  readonly description?: string;
  /** @default - none */
  readonly securityGroupIds?: readonly string[];
}

/**
 * A secondary ENI.
 *
 * @throws CloudError if an address cannot be had, or there is no such subnet or instance
 */
export function createNetworkInterface(core: Core, options: NetworkInterfaceOptions): NetworkInterface {
  if (options.instanceId !== undefined) get(core.state.instances, "InstanceId", options.instanceId);
  return addNetworkInterface(core, options, false);
}

/**
 * An ENI with its addresses.
 *
 * @param primary - whether it is the one that its instance is made with
 */
export function addNetworkInterface(core: Core, options: NetworkInterfaceOptions, primary: boolean): NetworkInterface {
  const { networkInterfaceId = newId("eni"), name = networkInterfaceId, subnetId, instanceId } = options;
  const { state, now } = core;
  const { vpcId } = get(state.subnets, "SubnetId", subnetId);
  const addresses = [options.privateIp, ...(options.secondaryPrivateIps ?? [])];
  for (const address of addresses) checkAssignable(state, subnetId, address, "PrivateIpAddresses");
  checkDistinct(addresses);
  const quota = privateIpQuota(core, instanceId);
  if (addresses.length > quota) {
    throw new CloudError(
      "LimitExceeded",
      `The ENI has at most ${quota} private IP addresses, got ${addresses.length}.`,
    );
  }
  const eni: NetworkInterface = {
    networkInterfaceId,
    name,
    description: options.description ?? "",
    vpcId,
    subnetId,
    primary,
    macAddress: (options.macAddress ?? newMacAddress()).toUpperCase(),
    privateIpAddresses: addresses.map((privateIp, index) => ({ privateIp, primary: index === 0, state: "AVAILABLE" })),
    securityGroupIds: [...(options.securityGroupIds ?? [])],
    createdAt: now(),
  };
  return add(state.networkInterfaces, networkInterfaceId, instanceId === undefined ? eni : { ...eni, instanceId });
}

/** @throws CloudError `InvalidParameterValue.DuplicatePara` */
export function checkDistinct(addresses: readonly string[]): void {
  const twice = addresses.find((address, index) => addresses.indexOf(address) < index);
  if (twice !== undefined) {
    throw new CloudError(
      "InvalidParameterValue.DuplicatePara",
      `The value \`${twice}\` of \`PrivateIpAddresses\` is given twice.`,
    );
  }
}
