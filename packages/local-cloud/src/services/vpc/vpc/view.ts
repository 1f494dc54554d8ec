import { tagSet } from "../../tag/index.ts";
import { dateTime } from "../service.ts";
import type { State } from "../state.ts";
import type { Vpc } from "./state.ts";

/** The API's Vpc. */
export function vpcView(state: State, vpc: Vpc) {
  return {
    VpcId: vpc.vpcId,
    VpcName: vpc.vpcName,
    CidrBlock: vpc.cidrBlock,
    IsDefault: false,
    EnableMulticast: vpc.multicast,
    CreatedTime: dateTime(vpc.createdAt),
    DnsServerSet: vpc.dnsServers,
    DomainName: "",
    DhcpOptionsId: "",
    EnableDhcp: true,
    Ipv6CidrBlock: "",
    TagSet: tagSet(state, "vpc:vpc", vpc.vpcId),
    AssistantCidrSet: [],
    EnableRouteVpcPublish: false,
    EnableRouteVpcPublishIpv6: false,
    Ipv6CidrBlockSet: [],
  };
}
