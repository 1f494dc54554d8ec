import type { Core } from "../action.ts";
import { checkAssignable } from "../addressing.ts";
import { CloudError } from "../errors.ts";
import { type Instance, type NetworkInterface, newId, newMacAddress } from "../state.ts";
import { publicImages } from "./images.ts";
import { add, checkNew, get } from "./store.ts";

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

/** A CVM to create, with its primary ENI. */
export interface InstanceOptions extends NetworkInterfaceOptions {
  /** @default - its id */
  readonly instanceName?: string;
  /** @default - no role, and no credentials from the metadata service */
  readonly camRoleName?: string;
  /** @default "RUNNING" */
  readonly instanceState?: Instance["instanceState"];
  /** @default "S5.MEDIUM2" */
  readonly instanceType?: string;
  /** @default - a public one */
  readonly imageId?: string;
  /** @default - the instance's name */
  readonly hostName?: string;
  /** @default - in none */
  readonly placementGroupId?: string;
  /** @default - none */
  readonly keyIds?: readonly string[];
  /** Base64. @default - none */
  readonly userData?: string;
  /** @default "CLOUD_PREMIUM" */
  readonly systemDiskType?: string;
  /** GB. @default 50 */
  readonly systemDiskSize?: number;
}

/**
 * A CVM and its primary ENI.
 *
 * @throws CloudError if an address cannot be had, or there is no such subnet or role
 */
export function createInstance(core: Core, options: InstanceOptions): Instance {
  const { instanceId = newId("ins"), instanceName = instanceId, subnetId, privateIp, camRoleName } = options;
  const { instances, roles } = core.state;
  if (camRoleName !== undefined) get(roles, "CamRoleName", camRoleName);
  checkNew(instances, instanceId);
  const { vpcId, networkInterfaceId } = addNetworkInterface(core, { ...options, instanceId }, true);
  const { placementGroupId, instanceState = "RUNNING" } = options;
  return add<Instance>(instances, instanceId, {
    instanceId,
    instanceName,
    vpcId,
    subnetId,
    networkInterfaceId,
    privateIp,
    ...(camRoleName === undefined ? {} : { camRoleName }),
    instanceState,
    instanceType: options.instanceType ?? "S5.MEDIUM2",
    imageId: options.imageId ?? publicImages[0],
    hostName: options.hostName ?? instanceName,
    securityGroupIds: [...(options.securityGroupIds ?? [])],
    ...(placementGroupId === undefined ? {} : { placementGroupId }),
    keyIds: [...(options.keyIds ?? [])],
    userData: options.userData ?? "",
    systemDisk: {
      diskId: newId("disk"),
      diskName: "",
      diskType: options.systemDiskType ?? "CLOUD_PREMIUM",
      diskSize: options.systemDiskSize ?? 50,
    },
    latestOperation: { action: "RunInstances", requestId: "", state: "SUCCESS" },
    createdAt: core.now(),
  });
}

function addNetworkInterface(core: Core, options: NetworkInterfaceOptions, primary: boolean): NetworkInterface {
  const { networkInterfaceId = newId("eni"), name = networkInterfaceId, subnetId, instanceId } = options;
  const { state, quotas, now } = core;
  const { vpcId } = get(state.subnets, "SubnetId", subnetId);
  const addresses = [options.privateIp, ...(options.secondaryPrivateIps ?? [])];
  for (const address of addresses) checkAssignable(state, subnetId, address, "PrivateIpAddresses");
  checkDistinct(addresses);
  if (addresses.length > quotas.privateIpsPerNetworkInterface) {
    throw new CloudError(
      "LimitExceeded",
      `An ENI has at most ${quotas.privateIpsPerNetworkInterface} private IP addresses, got ${addresses.length}.`,
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
