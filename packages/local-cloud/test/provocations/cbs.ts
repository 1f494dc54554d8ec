import { ids, noFilter, type Provocation, type Provocations, tooLong, type World } from "./provocation.ts";

/** The ids of the disks of an instance that is made for it: its system disk, and a data disk. */
function disks(world: World, options: Parameters<World["instance"]>[0] = {}) {
  const dataDisks = [{ diskType: "CLOUD_PREMIUM", diskSize: 20, deleteWithInstance: false }];
  const InstanceId = world.instance({ dataDisks, ...options });
  const [system = "", data = ""] = [...world.cloud.state.disks.values()]
    .filter(({ instanceId }) => instanceId === InstanceId)
    .map(({ diskId }) => diskId);
  return { InstanceId, system, data };
}

/** A data disk that is in this state, and attached to nothing unless that says otherwise. */
function dataDisk(world: World, diskState: string): { InstanceId: string; data: string } {
  const { InstanceId, data } = disks(world);
  Object.assign(world.cloud.state.disks.get(data) ?? {}, {
    diskState,
    instanceId: diskState === "EXPANDING" ? InstanceId : undefined,
  });
  return { InstanceId, data };
}

/** What both AttachDisks and DetachDisks refuse. */
const attachment: Record<string, Provocation> = {
  "InvalidDisk.TypeError": (world) => {
    const { InstanceId, system } = disks(world);
    return { InstanceId, DiskIds: [system] };
  },
  "InvalidDiskId.NotFound": { InstanceId: "ins-aaaaaaaa", DiskIds: ["disk-99999999"] },
  "InvalidInstance.NotSupported": (world) => ({
    InstanceId: world.instance({ instanceState: "TERMINATING" }),
    DiskIds: [disks(world).data],
  }),
  "InvalidInstanceId.NotFound": (world) => ({ InstanceId: "ins-99999999", DiskIds: [disks(world).data] }),
  "InvalidParameterValue.LimitExceeded": { InstanceId: "ins-aaaaaaaa", DiskIds: ids("disk", 11) },
  MissingParameter: { InstanceId: "ins-aaaaaaaa", DiskIds: [] },
  ResourceBusy: (world) => {
    const { InstanceId, data } = dataDisk(world, "EXPANDING");
    return { InstanceId, DiskIds: [data] };
  },
};

/** What is refused about disks. */
export const cbsProvocations: Provocations = {
  "cbs:DescribeDisks": {
    InvalidFilter: noFilter,
    InvalidParameterValue: { Limit: 101 },
  },
  "cbs:ModifyDiskAttributes": {
    "InvalidDisk.NotSupported": (world) => ({ DiskIds: [disks(world).system], DeleteWithInstance: false }),
    "InvalidDiskId.NotFound": { DiskIds: ["disk-99999999"], DiskName: "n" },
    InvalidParameterValue: (world) => ({ DiskIds: [disks(world).data], DiskName: tooLong }),
    "InvalidParameterValue.LimitExceeded": { DiskIds: ids("disk", 101), DiskName: "n" },
    MissingParameter: { DiskIds: [] },
  },
  "cbs:ResizeDisk": {
    "InvalidDisk.Busy": (world) => ({ DiskId: dataDisk(world, "EXPANDING").data, DiskSize: 50 }),
    "InvalidDisk.Expire": (world) => ({ DiskId: dataDisk(world, "TORECYCLE").data, DiskSize: 50 }),
    "InvalidDisk.NotSupported": (world) => ({ DiskId: disks(world).system, DiskSize: 100 }),
    "InvalidDiskId.NotFound": { DiskId: "disk-99999999", DiskSize: 50 },
    InvalidParameterValue: (world) => ({ DiskId: disks(world).data, DiskSize: 20 }),
    MissingParameter: { DiskSize: 50 },
  },
  "cbs:AttachDisks": {
    ...attachment,
    "LimitExceeded.InstanceAttachedDisk": (world) => {
      const disk = { diskType: "CLOUD_PREMIUM", diskSize: 20, deleteWithInstance: true };
      const InstanceId = world.instance({ dataDisks: Array.from({ length: 20 }, () => disk) });
      return { InstanceId, DiskIds: [dataDisk(world, "UNATTACHED").data] };
    },
    "ResourceUnavailable.Attached": (world) => ({ InstanceId: "ins-aaaaaaaa", DiskIds: [disks(world).data] }),
    "ResourceUnavailable.NotSupported": (world) => ({
      InstanceId: "ins-aaaaaaaa",
      DiskIds: [dataDisk(world, "TORECYCLE").data],
    }),
    "ResourceUnavailable.ZoneNotMatch": (world) => {
      const { data } = dataDisk(world, "UNATTACHED");
      Object.assign(world.cloud.state.disks.get(data) ?? {}, { zone: "ap-singapore-2" });
      return { InstanceId: "ins-aaaaaaaa", DiskIds: [data] };
    },
  },
  "cbs:DetachDisks": {
    ...attachment,
    "InvalidDisk.NotSupported": (world) => ({ DiskIds: [dataDisk(world, "UNATTACHED").data] }),
    InvalidParameterValue: (world) => ({ InstanceId: "ins-aaaaaaaa", DiskIds: [disks(world).data] }),
  },
  "cbs:TerminateDisks": {
    InvalidParameterValue: { DiskIds: ["disk-99999999"] },
    "InvalidParameterValue.LimitExceeded": { DiskIds: ids("disk", 101) },
    MissingParameter: { DiskIds: [] },
    ResourceBusy: (world) => ({ DiskIds: [dataDisk(world, "EXPANDING").data] }),
    "ResourceUnavailable.NotSupportRefund": (world) => ({ DiskIds: [disks(world).system] }),
    UnsupportedOperation: (world) => ({ DiskIds: [disks(world).data] }),
  },
};
