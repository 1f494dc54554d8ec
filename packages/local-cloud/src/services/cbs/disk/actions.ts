import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import type { Instance } from "../../cvm/index.ts";
import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import { defineAction } from "../service.ts";

const codes = { filterKey: "InvalidFilter", limit: "InvalidParameterValue.LimitExceeded" };

const filterTests: Record<string, FilterTest<Instance>> = {
  "disk-id": ({ systemDisk }, values) => values.includes(systemDisk.diskId),
  "instance-id": ({ instanceId }, values) => values.includes(instanceId),
  "disk-usage": (_instance, values) => values.includes("SYSTEM_DISK"),
};

/** The system disks of the instances; there are no others. */
export const describeDisks = defineAction(
  "DescribeDisks",
  object({ DiskIds: optional(list(string)), ...queryParameters }),
  ({ state }, { DiskIds: ids, ...query }) => {
    const instances = state.instances.values();
    const { page, total } = select(
      instances,
      { ids, ...query },
      ({ systemDisk }) => systemDisk.diskId,
      filterTests,
      codes,
    );
    return {
      TotalCount: total,
      DiskSet: page.map(({ instanceId, subnetId, systemDisk: { diskId, diskName, diskType, diskSize } }) => ({
        DiskId: diskId,
        DiskName: diskName,
        DiskType: diskType,
        DiskSize: diskSize,
        DiskUsage: "SYSTEM_DISK",
        DiskState: "ATTACHED",
        DiskChargeType: "POSTPAID_BY_HOUR",
        InstanceId: instanceId,
        InstanceIdList: [instanceId],
        Attached: true,
        Portable: false,
        DeleteWithInstance: true,
        Encrypt: false,
        ThroughputPerformance: 0,
        Placement: { Zone: known(state.subnets, subnetId).zone, ProjectId: 0 },
        Tags: tagSet(state, "cvm:volume", diskId),
      })),
    };
  },
);
