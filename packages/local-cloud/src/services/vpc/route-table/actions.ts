import { list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, select, textQueryParameters } from "../../../api/query.ts";
import { checkIds, defineAction, vpcQueryCodes } from "../service.ts";
import type { Vpc } from "../vpc/state.ts";
import { routeTableView } from "./view.ts";

/** Every VPC has one route table here, the one that it was made with. */
const filterTests: Record<string, FilterTest<Vpc>> = {
  "route-table-id": (vpc, values) => values.includes(vpc.routeTableId),
  "route-table-name": (_vpc, values) => values.includes("default"),
  "vpc-id": (vpc, values) => values.includes(vpc.vpcId),
  "association.main": (_vpc, values) => values.includes("true"),
};

/** Route tables with the subnets that have them. */
export const describeRouteTables = defineAction(
  "DescribeRouteTables",
  object({
    RouteTableIds: optional(list(string)),
    ...textQueryParameters,
    NeedRouterInfo: optional((_name, value) => value),
    VisibleServices: unsupported,
    MaxResults: unsupported,
    NextToken: unsupported,
  }),
  ({ state }, { RouteTableIds: ids, Filters, Offset, Limit }) => {
    checkIds("rtb", "RouteTableIds", ids);
    const { page, total } = select(
      state.vpcs.values(),
      { ids, Filters, Offset, Limit },
      ({ routeTableId }) => routeTableId,
      filterTests,
      vpcQueryCodes,
    );
    return { TotalCount: total, RouteTableSet: page.map((vpc) => routeTableView(state, vpc)) };
  },
);
