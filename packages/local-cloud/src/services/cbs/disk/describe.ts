import { CloudError } from "../../../api/errors.ts";
import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { isId } from "../../../engine/ids.ts";
import { defineAction } from "../service.ts";
import { type Disk, isPortable } from "./state.ts";
import { diskView } from "./view.ts";

const codes = { filterKey: "InvalidFilter", limit: "InvalidParameterValue" };

const filterTests: Record<string, FilterTest<Disk>> = {
  "disk-id": ({ diskId }, values) => values.includes(diskId),
  "disk-name": ({ diskName }, values) => values.includes(diskName),
  "disk-type": ({ diskType }, values) => values.includes(diskType),
  "disk-usage": ({ usage }, values) => values.includes(usage),
  "disk-state": ({ diskState }, values) => values.includes(diskState),
  "disk-charge-type": ({ chargeType }, values) => values.includes(chargeType),
  "instance-id": ({ instanceId }, values) => values.some((value) => value === instanceId),
  portable: (disk, values) => values.includes(isPortable(disk) ? "TRUE" : "FALSE"),
  zone: ({ zone }, values) => values.includes(zone),
};

/** Disks, whether they are attached to an instance or not. */
export const describeDisks = defineAction(
  "DescribeDisks",
  object({ DiskIds: optional(list(string)), ...queryParameters }),
  ({ state }, { DiskIds: ids, ...query }) => {
    const malformed = ids?.find((id) => !isId("disk", id));
    if (malformed !== undefined) throw new CloudError("InvalidParameterValue", `\`${malformed}\` is malformed.`);
    const disks = state.disks.values();
    const { page, total } = select(disks, { ids, ...query }, ({ diskId }) => diskId, filterTests, codes);
    return { TotalCount: total, DiskSet: page.map((disk) => diskView(state, disk)) };
  },
);
