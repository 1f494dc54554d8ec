import { isoTime } from "../../iso-time.ts";
import { tagSet } from "../../tag/index.ts";
import type { State } from "../state.ts";
import { type Disk, isPortable } from "./state.ts";

/** The API's Disk. */
export const diskView = (state: State, disk: Disk) => ({
  DiskId: disk.diskId,
  DiskName: disk.diskName,
  DiskType: disk.diskType,
  DiskSize: disk.diskSize,
  DiskUsage: disk.usage,
  DiskState: disk.diskState,
  DiskChargeType: disk.chargeType,
  InstanceId: disk.instanceId ?? "",
  // For disks that several instances share.
  InstanceIdList: [],
  Attached: disk.instanceId !== undefined,
  Portable: isPortable(disk),
  Shareable: false,
  DeleteWithInstance: disk.deleteWithInstance,
  Encrypt: disk.isEncrypted,
  ThroughputPerformance: 0,
  Placement: { Zone: disk.zone, ProjectId: 0 },
  CreateTime: isoTime(disk.createdAt),
  Tags: tagSet(state, "cvm:volume", disk.diskId),
});
