import { CloudError } from "../../../api/errors.ts";
import { list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, select, textQueryParameters } from "../../../api/query.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { isZone } from "../../zones.ts";
import { checkIds, checkNameBytes, defineAction, tagList, vpcQueryCodes } from "../service.ts";
import { getVpc } from "../vpc/checks.ts";
import { getSubnet } from "./checks.ts";
import { createSubnet } from "./create.ts";
import type { Subnet } from "./state.ts";
import { subnetView } from "./view.ts";

const filterTests: Record<string, FilterTest<Subnet>> = {
  "subnet-id": (subnet, values) => values.includes(subnet.subnetId),
  "vpc-id": (subnet, values) => values.includes(subnet.vpcId),
  "cidr-block": (subnet, values) => values.includes(subnet.cidrBlock),
  "subnet-name": (subnet, values) => values.some((value) => subnet.subnetName.includes(value)),
  zone: (subnet, values) => values.includes(subnet.zone),
  "is-default": (_subnet, values) => values.includes("false"),
};

/** A range of a VPC. */
export const createSubnetAction = defineAction(
  "CreateSubnet",
  object({
    VpcId: string,
    SubnetName: string,
    CidrBlock: string,
    Zone: string,
    Tags: tagList,
    CdcId: unsupported,
    RegionAlias: unsupported,
  }),
  (core, { VpcId: vpcId, SubnetName: subnetName, CidrBlock: cidrBlock, Zone: zone, Tags }) => {
    getVpc(core, vpcId);
    checkNameBytes("SubnetName", subnetName);
    if (!isZone(core.region, zone)) {
      throw new CloudError(
        "InvalidParameterValue",
        `The value \`${zone}\` of \`Zone\` is not a zone of ${core.region}.`,
      );
    }
    const subnet = createSubnet(core, { vpcId, subnetName, cidrBlock, zone });
    putTags(core.state, "vpc:subnet", subnet.subnetId, Tags);
    return { Subnet: subnetView(core.state, subnet) };
  },
);

/** Subnets. */
export const describeSubnets = defineAction(
  "DescribeSubnets",
  object({
    SubnetIds: optional(list(string)),
    ...textQueryParameters,
    MaxResults: unsupported,
    NextToken: unsupported,
  }),
  ({ state }, { SubnetIds: ids, ...query }) => {
    checkIds("subnet", "SubnetIds", ids);
    const { page, total } = select(
      state.subnets.values(),
      { ids, ...query },
      ({ subnetId }) => subnetId,
      filterTests,
      vpcQueryCodes,
    );
    return { TotalCount: total, SubnetSet: page.map((subnet) => subnetView(state, subnet)) };
  },
);

/** Changes a subnet's name. */
export const modifySubnetAttribute = defineAction(
  "ModifySubnetAttribute",
  object({
    SubnetId: string,
    SubnetName: optional(string),
    // "false" is the only value that is acted upon: nothing here broadcasts.
    EnableBroadcast: optional((name, value) => unsupported(name, value === "false" ? false : value)),
  }),
  (core, { SubnetId, SubnetName }) => {
    const subnet = getSubnet(core, SubnetId);
    if (SubnetName !== undefined) checkNameBytes("SubnetName", SubnetName);
    subnet.subnetName = SubnetName ?? subnet.subnetName;
    return {};
  },
);

/** Takes away a subnet that nothing is in. */
export const deleteSubnet = defineAction("DeleteSubnet", object({ SubnetId: string }), (core, { SubnetId }) => {
  const { state } = core;
  getSubnet(core, SubnetId);
  const eni = [...state.networkInterfaces.values()].find((other) => other.subnetId === SubnetId);
  const haVip = [...state.haVips.values()].find((other) => other.subnetId === SubnetId);
  const user = eni?.networkInterfaceId ?? haVip?.haVipId;
  if (user !== undefined) throw new CloudError("ResourceInUse", `The subnet \`${SubnetId}\` is in use by \`${user}\`.`);
  state.subnets.delete(SubnetId);
  dropTags(state, "vpc:subnet", SubnetId);
  return {};
});
