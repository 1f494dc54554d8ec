import { list, object, optional, string } from "../../../api/parameters.ts";
import { queryParameters } from "../../../api/query.ts";
import { defineAction } from "../service.ts";

/** There are no bandwidth packages, so whatever is asked for, none is found. */
export const describeBandwidthPackages = defineAction(
  "DescribeBandwidthPackages",
  object({ BandwidthPackageIds: optional(list(string)), ...queryParameters }),
  () => ({ TotalCount: 0, BandwidthPackageSet: [] }),
);
