import { newId } from "../../../engine/ids.ts";
import { add, checkNew, get, known } from "../../store.ts";
import { addNetworkInterface, type NetworkInterfaceOptions } from "../../vpc/index.ts";
import { addDisk, type DiskOptions } from "../../cbs/index.ts";
import { publicImages } from "../image/public-images.ts";
import type { Core } from "../state.ts";
import type { Charge, Instance } from "./state.ts";

/** A further disk of an instance. */
export type DataDiskOptions = Omit<DiskOptions, "usage" | "chargeType" | "instanceId" | "zone">;

/** A CVM to create, with its primary ENI. */
export interface InstanceOptions extends NetworkInterfaceOptions {
  /** @default - its id */
  readonly instanceName?: string;
  /** @default - no role, and no credentials from the metadata service */
  readonly camRoleName?: string;
  /** @default "RUNNING" */
  readonly instanceState?: Instance["instanceState"];
  /** @default 0 */
  readonly projectId?: number;
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
  /** @default - empty */
  readonly systemDiskName?: string;
  /** Further disks, paid for as the instance is. @default - none */
  readonly dataDisks?: readonly DataDiskOptions[];
  /** How it is paid for. @default - by the hour */
  readonly charge?: Charge;
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
  const { placementGroupId, instanceState = "RUNNING", charge = { chargeType: "POSTPAID_BY_HOUR" } } = options;
  const { zone } = known(core.state.subnets, subnetId);
  addDisk(core, {
    diskName: options.systemDiskName ?? "",
    diskType: options.systemDiskType ?? "CLOUD_PREMIUM",
    diskSize: options.systemDiskSize ?? 50,
    usage: "SYSTEM_DISK",
    deleteWithInstance: true,
    chargeType: charge.chargeType,
    instanceId,
    zone,
  });
  for (const disk of options.dataDisks ?? []) {
    addDisk(core, { ...disk, usage: "DATA_DISK", chargeType: charge.chargeType, instanceId, zone });
  }
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
    projectId: options.projectId ?? 0,
    imageId: options.imageId ?? publicImages[0].imageId,
    hostName: options.hostName ?? instanceName,
    securityGroupIds: [...(options.securityGroupIds ?? [])],
    ...(placementGroupId === undefined ? {} : { placementGroupId }),
    keyIds: [...(options.keyIds ?? [])],
    userData: options.userData ?? "",
    charge,
    latestOperation: { action: "RunInstances", requestId: "", state: "SUCCESS" },
    createdAt: core.now(),
  });
}
