import { reservedAddresses } from "../../../engine/ipv4.ts";
import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import { dateTime } from "../service.ts";
import type { State } from "../state.ts";
import { freeAddresses, subnetRange } from "./private-addresses.ts";
import type { Subnet } from "./state.ts";

/** The API's Subnet. */
export function subnetView(state: State, subnet: Subnet) {
  const range = subnetRange(state, subnet.subnetId);
  const total = range.last - range.first + 1 - reservedAddresses(range).length;
  return {
    VpcId: subnet.vpcId,
    SubnetId: subnet.subnetId,
    SubnetName: subnet.subnetName,
    CidrBlock: subnet.cidrBlock,
    IsDefault: false,
    EnableBroadcast: false,
    Zone: subnet.zone,
    RouteTableId: known(state.vpcs, subnet.vpcId).routeTableId,
    CreatedTime: dateTime(subnet.createdAt),
    AvailableIpAddressCount: freeAddresses(state, subnet.subnetId, total).length,
    TotalIpAddressCount: total,
    Ipv6CidrBlock: "",
    NetworkAclId: "",
    IsRemoteVpcSnat: false,
    TagSet: tagSet(state, "vpc:subnet", subnet.subnetId),
    CdcId: "",
    IsCdcSubnet: 0,
  };
}
