import { object } from "../../../api/parameters.ts";
import { zonesOf } from "../../zones.ts";
import { defineAction } from "../service.ts";

/** The region's zones. */
export const describeZones = defineAction("DescribeZones", object({}), ({ region }) => ({
  TotalCount: zonesOf(region).length,
  ZoneSet: zonesOf(region).map((zone, index) => ({
    Zone: zone,
    ZoneName: zone,
    ZoneId: String(index + 1),
    ZoneState: "AVAILABLE",
  })),
}));
