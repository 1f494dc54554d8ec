import { CloudError } from "cloud-client";
import type { PairCloud } from "../../cloud/actions.ts";
import { allPages } from "../../cloud/pages.ts";
import { type Candidate, differencesOf, type Finder, nowhere, type Search } from "../finder.ts";
import type { StackResource } from "../stack.ts";
import { usedBy } from "./network.ts";

/** An instance of the API. */
interface Instance {
  readonly InstanceId: string;
  readonly InstanceName: string;
  readonly InstanceState: string;
  readonly Placement: { readonly Zone: string };
  readonly VirtualPrivateCloud: { readonly VpcId: string; readonly SubnetId: string };
  readonly SecurityGroupIds?: readonly string[] | null;
  readonly DisasterRecoverGroupId?: string | null;
  readonly CamRoleName?: string | null;
}

/** The states of an instance that is no machine any more, or never became one. */
const GONE = ["LAUNCH_FAILED", "SHUTDOWN", "TERMINATING"];

const instances = (cloud: PairCloud, query: object) =>
  allPages<Instance>((page) => cloud.call("cvm", "DescribeInstances", { ...query, ...page }), "InstanceSet");

async function instanceCandidate(resource: StackResource, search: Search, found: Instance): Promise<Candidate> {
  const { InstanceId, InstanceName, InstanceState, Placement, VirtualPrivateCloud } = found;
  const { availability_zone: zone, subnet_id: subnetId } = resource.arguments;
  return {
    id: InstanceId,
    description: `${InstanceId} (${InstanceName}, ${InstanceState})`,
    attributes: {
      id: InstanceId,
      orderly_security_groups: found.SecurityGroupIds ?? [],
      placement_group_id: found.DisasterRecoverGroupId || undefined,
      cam_role_name: found.CamRoleName || undefined,
      user_data: await userDataOf(search.cloud, InstanceId),
    },
    differences: differencesOf([
      ["availability_zone", await search.value(zone), Placement.Zone],
      ["subnet_id", await search.value(subnetId), VirtualPrivateCloud.SubnetId],
    ]),
  };
}

async function userDataOf(cloud: PairCloud, id: string): Promise<string | undefined> {
  const { InstanceSet } = (await cloud.call("cvm", "DescribeInstancesAttributes", {
    InstanceIds: [id],
    Attributes: ["UserData"],
  })) as { InstanceSet?: readonly { readonly Attributes?: { readonly UserData?: string } }[] };
  return InstanceSet?.[0]?.Attributes?.UserData || undefined;
}

/** Instances, by their private address: it is there once in a VPC. */
export const INSTANCE: Finder = {
  noun: "node",
  find: async (resource, search) => {
    const privateIp = await search.value(resource.arguments["private_ip"]);
    const vpcId = await search.value(resource.arguments["vpc_id"]);
    if (privateIp === undefined) return nowhere("an instance of an address that the cloud chooses");
    if (vpcId === undefined) return nowhere(`an instance with the address ${privateIp} in a VPC that is not there`);
    const found = await instances(search.cloud, {
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "private-ip-address", Values: [privateIp] },
      ],
    });
    const there = found.filter(({ InstanceState }) => !GONE.includes(InstanceState));
    return {
      for: `an instance with the address ${privateIp} in ${vpcId}`,
      candidates: await Promise.all(there.map((each) => instanceCandidate(resource, search, each))),
    };
  },
  choose: async (resource, id, search) => {
    const found = await instances(search.cloud, { InstanceIds: [id] }).catch((error: unknown) => {
      if (error instanceof CloudError && error.code === "InvalidInstanceId.NotFound") return [];
      throw error;
    });
    return {
      for: `the instance ${id}`,
      candidates: await Promise.all(found.map((each) => instanceCandidate(resource, search, each))),
    };
  },
};

/** A placement group of the API. */
interface PlacementGroup {
  readonly DisasterRecoverGroupId: string;
  readonly Name: string;
  readonly Type: string;
  readonly Affinity?: number;
}

const placementGroups = (cloud: PairCloud, query: object) =>
  allPages<PlacementGroup>(
    (page) => cloud.call("cvm", "DescribeDisasterRecoverGroups", { ...query, ...page }),
    "DisasterRecoverGroupSet",
  );

async function placementGroupCandidate({ arguments: values }: StackResource, { value }: Search, group: PlacementGroup) {
  const { DisasterRecoverGroupId: id, Name, Type, Affinity } = group;
  return {
    id,
    description: `${id} (${Name}, ${Type})`,
    attributes: { id },
    differences: differencesOf([
      ["type", await value(values["type"]), Type],
      ["affinity", await value(values["affinity"]), Affinity],
    ]),
  };
}

/** Placement groups, by name, which is not unique: where there are several, by what the nodes are in. */
export const PLACEMENT_GROUP: Finder = {
  noun: "placement group",
  find: async (resource, search) => {
    const name = await search.value(resource.arguments["name"]);
    if (name === undefined) return nowhere("a placement group of a name that only Terraform knows");
    const named = (await placementGroups(search.cloud, {})).filter(({ Name }) => Name === name);
    const used = await usedBy(resource, search, "placement_group_id");
    const ofNodes = named.filter(({ DisasterRecoverGroupId }) => used.includes(DisasterRecoverGroupId));
    const candidates = named.length > 1 && ofNodes.length > 0 ? ofNodes : named;
    return {
      for: `a placement group named ${name}`,
      candidates: await Promise.all(candidates.map((each) => placementGroupCandidate(resource, search, each))),
    };
  },
  choose: async (resource, id, search) => ({
    for: `the placement group ${id}`,
    candidates: await Promise.all(
      (await placementGroups(search.cloud, { DisasterRecoverGroupIds: [id] })).map((each) =>
        placementGroupCandidate(resource, search, each),
      ),
    ),
  }),
};

/** A key pair of the API. */
interface KeyPair {
  readonly KeyId: string;
  readonly KeyName: string;
  readonly PublicKey?: string;
}

const keyPairs = (cloud: PairCloud, query: object) =>
  allPages<KeyPair>((page) => cloud.call("cvm", "DescribeKeyPairs", { ...query, ...page }), "KeyPairSet");

async function keyPairCandidate(resource: StackResource, { value }: Search, keyPair: KeyPair): Promise<Candidate> {
  const { KeyId, KeyName, PublicKey } = keyPair;
  const wanted = await value(resource.arguments["public_key"]);
  return {
    id: KeyId,
    description: `${KeyId} (${KeyName})`,
    attributes: { id: KeyId },
    differences: differencesOf([["public_key", withoutComment(wanted), withoutComment(PublicKey)]]),
  };
}

/** A public key without the comment behind it, which the cloud may leave out. */
function withoutComment(publicKey: string | undefined): string | undefined {
  return publicKey?.trim().split(/\s+/).slice(0, 2).join(" ");
}

/** Key pairs, by name. */
export const KEY_PAIR: Finder = {
  noun: "key pair",
  find: async (resource, search) => {
    const name = await search.value(resource.arguments["key_name"]);
    if (name === undefined) return nowhere("a key pair of a name that only Terraform knows");
    const found = await keyPairs(search.cloud, { Filters: [{ Name: "key-name", Values: [name] }] });
    const named = found.filter(({ KeyName }) => KeyName === name);
    return {
      for: `a key pair named ${name}`,
      candidates: await Promise.all(named.map((each) => keyPairCandidate(resource, search, each))),
    };
  },
  choose: async (resource, id, search) => ({
    for: `the key pair ${id}`,
    candidates: await Promise.all(
      (await keyPairs(search.cloud, { KeyIds: [id] })).map((each) => keyPairCandidate(resource, search, each)),
    ),
  }),
};
