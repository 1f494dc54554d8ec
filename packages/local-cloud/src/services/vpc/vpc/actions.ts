import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, select, textQueryParameters } from "../../../api/query.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { checkIds, checkNameBytes, defineAction, tagList, vpcQueryCodes } from "../service.ts";
import { getVpc } from "./checks.ts";
import { checkVpcCidr } from "./cidr.ts";
import { checkDnsServers, createVpc } from "./create.ts";
import type { Vpc } from "./state.ts";
import { vpcView } from "./view.ts";

const filterTests: Record<string, FilterTest<Vpc>> = {
  "vpc-id": (vpc, values) => values.includes(vpc.vpcId),
  "vpc-name": (vpc, values) => values.some((value) => vpc.vpcName.includes(value)),
  "cidr-block": (vpc, values) => values.includes(vpc.cidrBlock),
  "is-default": (_vpc, values) => values.includes("false"),
};

/** A private network, and the route table that its subnets have. */
export const createVpcAction = defineAction(
  "CreateVpc",
  object({
    VpcName: string,
    CidrBlock: string,
    EnableMulticast: optional(vpcBoolean),
    DnsServers: optional(list(string)),
    DomainName: unsupported,
    Tags: tagList,
    EnableRouteVpcPublish: unsupported,
    EnableRouteVpcPublishIpv6: unsupported,
  }),
  (core, { VpcName: vpcName, CidrBlock: cidrBlock, EnableMulticast: multicast, DnsServers: dnsServers, Tags }) => {
    checkNameBytes("VpcName", vpcName);
    checkVpcCidr(cidrBlock);
    const vpc = createVpc(core, {
      vpcName,
      cidrBlock,
      ...(multicast === undefined ? {} : { multicast }),
      ...(dnsServers === undefined ? {} : { dnsServers }),
    });
    putTags(core.state, "vpc:vpc", vpc.vpcId, Tags);
    return { Vpc: vpcView(core.state, vpc) };
  },
);

/** Private networks. */
export const describeVpcs = defineAction(
  "DescribeVpcs",
  object({ VpcIds: optional(list(string)), ...textQueryParameters, MaxResults: unsupported, NextToken: unsupported }),
  ({ state }, { VpcIds: ids, ...query }) => {
    checkIds("vpc", "VpcIds", ids);
    const { page, total } = select(
      state.vpcs.values(),
      { ids, ...query },
      ({ vpcId }) => vpcId,
      filterTests,
      vpcQueryCodes,
    );
    return { TotalCount: total, VpcSet: page.map((vpc) => vpcView(state, vpc)) };
  },
);

/** Changes a VPC's name, name servers and multicast. */
export const modifyVpcAttribute = defineAction(
  "ModifyVpcAttribute",
  object({
    VpcId: string,
    VpcName: optional(string),
    EnableMulticast: optional(vpcBoolean),
    DnsServers: optional(list(string)),
    DomainName: unsupported,
    EnableCdcPublish: unsupported,
    EnableRouteVpcPublish: unsupported,
    EnableRouteVpcPublishIpv6: unsupported,
  }),
  (core, { VpcId, VpcName, EnableMulticast, DnsServers }) => {
    const vpc = getVpc(core, VpcId);
    if (VpcName !== undefined) checkNameBytes("VpcName", VpcName);
    checkDnsServers(DnsServers ?? []);
    vpc.vpcName = VpcName ?? vpc.vpcName;
    vpc.multicast = EnableMulticast ?? vpc.multicast;
    if (DnsServers?.length) vpc.dnsServers = DnsServers;
    return {};
  },
);

/** Takes away a VPC that nothing is in. */
export const deleteVpc = defineAction("DeleteVpc", object({ VpcId: string }), (core, { VpcId }) => {
  const vpc = getVpc(core, VpcId);
  const subnet = [...core.state.subnets.values()].find((other) => other.vpcId === VpcId);
  if (subnet) {
    throw new CloudError("ResourceInUse", `The VPC \`${VpcId}\` has the subnet \`${subnet.subnetId}\`.`);
  }
  core.state.vpcs.delete(vpc.vpcId);
  dropTags(core.state, "vpc:vpc", VpcId);
  return {};
});

/** The API takes these flags as the strings `true` and `false`. */
function vpcBoolean(name: string, value: unknown): boolean {
  return boolean(name, value === "true" ? true : value === "false" ? false : value);
}
