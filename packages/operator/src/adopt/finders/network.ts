import { allPages, asText } from "../../cloud/pages.ts";
import type { PairCloud } from "../../cloud/actions.ts";
import { type Candidate, differencesOf, type Finder, nowhere, type Search } from "../finder.ts";
import type { StackResource } from "../stack.ts";

/** A VPC of the API. */
interface Vpc {
  readonly VpcId: string;
  readonly VpcName: string;
  readonly CidrBlock: string;
}

const vpcs = (cloud: PairCloud, query: object) =>
  allPages<Vpc>((page) => cloud.call("vpc", "DescribeVpcs", { ...query, ...asText(page) }), "VpcSet");

async function vpcCandidate(resource: StackResource, { value }: Search, vpc: Vpc): Promise<Candidate> {
  const { VpcId, VpcName, CidrBlock } = vpc;
  return {
    id: VpcId,
    description: `${VpcId} (${VpcName}, ${CidrBlock})`,
    attributes: { id: VpcId },
    differences: differencesOf([["cidr_block", await value(resource.arguments["cidr_block"]), CidrBlock]]),
  };
}

/** VPCs, by name and range. Neither is unique: one of the range that has another name is only named. */
export const VPC: Finder = {
  noun: "VPC",
  find: async (resource, search) => {
    const name = await search.value(resource.arguments["name"]);
    const cidr = await search.value(resource.arguments["cidr_block"]);
    const what = `a VPC named ${name} with the range ${cidr}`;
    if (name === undefined || cidr === undefined)
      return nowhere("a VPC of a name and a range that only Terraform knows");
    const ofRange = await vpcs(search.cloud, { Filters: [{ Name: "cidr-block", Values: [cidr] }] });
    const candidates = ofRange.filter(({ VpcName }) => VpcName === name);
    const hints = candidates.length > 0 ? [] : ofRange;
    return {
      for: what,
      candidates: await Promise.all(candidates.map((each) => vpcCandidate(resource, search, each))),
      hints: await Promise.all(hints.map((each) => vpcCandidate(resource, search, each))),
    };
  },
  choose: async (resource, id, search) => ({
    for: `the VPC ${id}`,
    candidates: await Promise.all(
      (await vpcs(search.cloud, { VpcIds: [id] })).map((each) => vpcCandidate(resource, search, each)),
    ),
  }),
};

/** A subnet of the API. */
interface Subnet {
  readonly SubnetId: string;
  readonly SubnetName: string;
  readonly CidrBlock: string;
  readonly VpcId: string;
  readonly Zone: string;
}

const subnets = (cloud: PairCloud, query: object) =>
  allPages<Subnet>((page) => cloud.call("vpc", "DescribeSubnets", { ...query, ...asText(page) }), "SubnetSet");

async function subnetCandidate(resource: StackResource, { value }: Search, subnet: Subnet): Promise<Candidate> {
  const { SubnetId, SubnetName, CidrBlock, VpcId, Zone } = subnet;
  const { availability_zone: zone, cidr_block: cidr, vpc_id: vpcId } = resource.arguments;
  return {
    id: SubnetId,
    description: `${SubnetId} (${SubnetName}, ${CidrBlock}, ${Zone})`,
    attributes: { id: SubnetId, vpc_id: VpcId },
    differences: differencesOf([
      ["vpc_id", await value(vpcId), VpcId],
      ["cidr_block", await value(cidr), CidrBlock],
      ["availability_zone", await value(zone), Zone],
    ]),
  };
}

/** Subnets, by their range: it is there once in a VPC. */
export const SUBNET: Finder = {
  noun: "subnet",
  find: async (resource, search) => {
    const cidr = await search.value(resource.arguments["cidr_block"]);
    const vpcId = await search.value(resource.arguments["vpc_id"]);
    if (cidr === undefined || vpcId === undefined)
      return nowhere(`a subnet with the range ${cidr} in a VPC that is not there`);
    const found = await subnets(search.cloud, {
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "cidr-block", Values: [cidr] },
      ],
    });
    return {
      for: `a subnet with the range ${cidr} in ${vpcId}`,
      candidates: await Promise.all(found.map((each) => subnetCandidate(resource, search, each))),
    };
  },
  choose: async (resource, id, search) => ({
    for: `the subnet ${id}`,
    candidates: await Promise.all(
      (await subnets(search.cloud, { SubnetIds: [id] })).map((each) => subnetCandidate(resource, search, each)),
    ),
  }),
};

/** A security group of the API. */
interface SecurityGroup {
  readonly SecurityGroupId: string;
  readonly SecurityGroupName: string;
}

const groups = (cloud: PairCloud, query: object) =>
  allPages<SecurityGroup>(
    (page) => cloud.call("vpc", "DescribeSecurityGroups", { ...query, ...asText(page) }),
    "SecurityGroupSet",
  );

const groupCandidate = ({ SecurityGroupId: id, SecurityGroupName: name }: SecurityGroup): Candidate => ({
  id,
  description: `${id} (${name})`,
  attributes: { id },
});

/** Security groups, by name, which is not unique: where there are several, by what the nodes are in. */
export const SECURITY_GROUP: Finder = {
  noun: "security group",
  find: async (resource, search) => {
    const name = await search.value(resource.arguments["name"]);
    if (name === undefined) return nowhere("a security group of a name that only Terraform knows");
    const query = { Filters: [{ Name: "security-group-name", Values: [name] }] };
    const named = (await groups(search.cloud, query)).filter(({ SecurityGroupName }) => SecurityGroupName === name);
    const used = await usedBy(resource, search, "orderly_security_groups");
    const ofNodes = named.filter(({ SecurityGroupId }) => used.includes(SecurityGroupId));
    const candidates = named.length > 1 && ofNodes.length > 0 ? ofNodes : named;
    return { for: `a security group named ${name}`, candidates: candidates.map(groupCandidate) };
  },
  choose: async (_resource, id, { cloud }) => ({
    for: `the security group ${id}`,
    candidates: (await groups(cloud, { SecurityGroupIds: [id] })).map(groupCandidate),
  }),
};

/** The rules of a security group, which are there whenever the group is. */
export const SECURITY_GROUP_RULE_SET: Finder = {
  noun: "rules of the security group",
  find: async (resource, { value }) => {
    const id = await value(resource.arguments["security_group_id"]);
    if (id === undefined) return nowhere("rules of a security group that is not there");
    return { for: `the rules of ${id}`, candidates: [{ id, description: `the rules of ${id}`, attributes: { id } }] };
  },
};

/** What the instances of the stack have of a kind of which this resource is one. */
export async function usedBy(
  { address }: StackResource,
  { resources, known }: Search,
  argument: string,
): Promise<unknown[]> {
  const users = resources.filter(
    ({ type, arguments: values }) =>
      type === "tencentcloud_instance" && JSON.stringify(values[argument] ?? null).includes(`${address}.`),
  );
  const all = await Promise.all(users.map((user) => known(user.address)));
  return all.flatMap((attributes) => attributes?.[argument] ?? []);
}
