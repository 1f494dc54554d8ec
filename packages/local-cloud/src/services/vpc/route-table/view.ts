import { dateTime } from "../service.ts";
import type { State } from "../state.ts";
import type { Vpc } from "../vpc/state.ts";

/** The API's RouteTable: the one of a VPC. */
export function routeTableView(state: State, vpc: Vpc) {
  const subnets = [...state.subnets.values()].filter(({ vpcId }) => vpcId === vpc.vpcId);
  return {
    VpcId: vpc.vpcId,
    RouteTableId: vpc.routeTableId,
    RouteTableName: "default",
    AssociationSet: subnets.map(({ subnetId }) => ({ SubnetId: subnetId, RouteTableId: vpc.routeTableId })),
    // Nothing here makes routes; the one inside the VPC is not among them, as in the API.
    RouteSet: [],
    Main: true,
    CreatedTime: dateTime(vpc.createdAt),
    TagSet: [],
    LocalCidrForCcn: [],
  };
}
