import type { PairCloud } from "../../cloud/actions.ts";
import { allPages } from "../../cloud/pages.ts";
import { referencesIn } from "../argument.ts";
import { type Candidate, differencesOf, type Finder, type Looked, nowhere, type Search } from "../finder.ts";
import type { StackResource } from "../stack.ts";

/** A HAVIP of the API. */
interface HaVip {
  readonly HaVipId: string;
  readonly HaVipName: string;
  readonly Vip: string;
  readonly SubnetId: string;
  readonly AddressIp?: string | null;
  readonly CheckAssociate?: boolean;
  readonly HaVipAssociationSet?: readonly { readonly InstanceId: string }[] | null;
}

const haVips = (cloud: PairCloud, query: object) =>
  allPages<HaVip>((page) => cloud.call("vpc", "DescribeHaVips", { ...query, ...page }), "HaVipSet");

async function haVipCandidate(resource: StackResource, { value }: Search, haVip: HaVip): Promise<Candidate> {
  const { HaVipId, HaVipName, Vip, SubnetId, CheckAssociate } = haVip;
  const { subnet_id: subnetId, vip, check_associate: checkAssociate } = resource.arguments;
  return {
    id: HaVipId,
    description: `${HaVipId} (${HaVipName}, ${Vip})`,
    attributes: { id: HaVipId, associated: associated(haVip) },
    differences: differencesOf([
      ["subnet_id", await value(subnetId), SubnetId],
      ["vip", await value(vip), Vip],
      ["check_associate", await value(checkAssociate), CheckAssociate],
    ]),
  };
}

const associated = ({ HaVipAssociationSet }: HaVip) => (HaVipAssociationSet ?? []).map(({ InstanceId }) => InstanceId);

/** HAVIPs, by the address: it is there once in a VPC. */
export const HA_VIP: Finder = {
  noun: "HAVIP",
  find: async (resource, search) => {
    const vip = await search.value(resource.arguments["vip"]);
    const vpcId = await search.value(resource.arguments["vpc_id"]);
    if (vip === undefined) return nowhere("a HAVIP of an address that the cloud chooses");
    if (vpcId === undefined) return nowhere(`the HAVIP ${vip} in a VPC that is not there`);
    const found = await haVips(search.cloud, {
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "vip", Values: [vip] },
      ],
    });
    const looked = {
      for: `the HAVIP ${vip} in ${vpcId}`,
      candidates: await Promise.all(found.map((each) => haVipCandidate(resource, search, each))),
    };
    if (found.length > 0) return looked;
    return { ...looked, ...(await conflictAt(search, vpcId, [vip])) };
  },
  choose: async (resource, id, search) => ({
    for: `the HAVIP ${id}`,
    candidates: await Promise.all(
      (await haVips(search.cloud, { HaVipIds: [id] })).map((each) => haVipCandidate(resource, search, each)),
    ),
  }),
};

/** What binds a public address to a HAVIP. */
export const HA_VIP_EIP_ATTACHMENT: Finder = {
  noun: "binding of the public address",
  find: async (resource, { cloud, value }) => {
    const haVipId = await value(resource.arguments["havip_id"]);
    const publicIp = await value(resource.arguments["address_ip"]);
    if (haVipId === undefined || publicIp === undefined) {
      return nowhere("what binds a public address to a HAVIP that are not both there");
    }
    const [haVip] = await haVips(cloud, { HaVipIds: [haVipId] });
    const has = haVip?.AddressIp || undefined;
    const id = `${haVipId}#${publicIp}`;
    const looked = { for: `${publicIp} bound to ${haVipId}` };
    if (has === publicIp) {
      return { ...looked, candidates: [{ id, description: `${publicIp} of ${haVipId}`, attributes: { id } }] };
    }
    const conflict = has === undefined ? {} : { conflict: `${haVipId} has the public address ${has} already` };
    return { ...looked, candidates: [], ...conflict };
  },
};

/** What lets a node have a HAVIP. */
export const HA_VIP_INSTANCE_ATTACHMENT: Finder = {
  noun: "association of a node",
  find: async (resource, { cloud, value }) => {
    const haVipId = await value(resource.arguments["ha_vip_id"]);
    const instanceId = await value(resource.arguments["instance_id"]);
    if (haVipId === undefined || instanceId === undefined) {
      return nowhere("what associates a HAVIP with a node that are not both there");
    }
    const found = (await haVips(cloud, { HaVipIds: [haVipId] })).filter((each) =>
      associated(each).includes(instanceId),
    );
    const id = `${haVipId}#${instanceId}`;
    const description = `${instanceId} of ${haVipId}`;
    return { for: description, candidates: found.map(() => ({ id, description, attributes: { id } })) };
  },
};

/** A network interface of the API. */
interface NetworkInterface {
  readonly NetworkInterfaceId: string;
  readonly NetworkInterfaceName: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly Primary: boolean;
  readonly PrivateIpAddressSet: readonly {
    readonly PrivateIpAddress: string;
    readonly Primary: boolean;
    readonly PublicIpAddress?: string | null;
  }[];
  readonly Attachment?: { readonly InstanceId?: string } | null;
}

const interfaces = (cloud: PairCloud, query: object) =>
  allPages<NetworkInterface>(
    (page) => cloud.call("vpc", "DescribeNetworkInterfaces", { ...query, ...page }),
    "NetworkInterfaceSet",
  );

/** The network interfaces that have an address: one at most, since an address is there once in a VPC. */
async function interfacesWith(cloud: PairCloud, vpcId: string, address: string): Promise<NetworkInterface[]> {
  const found = await interfaces(cloud, {
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "address-ip", Values: [address] },
      { Name: "ip-exact-match", Values: ["true"] },
    ],
  });
  return found.filter((each) => entryOf(each, address) !== undefined);
}

function entryOf({ PrivateIpAddressSet }: NetworkInterface, address: string) {
  return PrivateIpAddressSet.find(({ PrivateIpAddress }) => PrivateIpAddress === address);
}

/** Who has an address that the stack would give to something new: the cloud would refuse to make that. */
async function conflictAt({ cloud }: Search, vpcId: string, addresses: readonly string[]): Promise<Partial<Looked>> {
  for (const address of addresses) {
    const [holder] = await interfacesWith(cloud, vpcId, address);
    if (holder === undefined) continue;
    const instance = holder.Attachment?.InstanceId;
    const of = instance === undefined ? "" : ` of ${instance}`;
    return {
      conflict: `${address} is on ${holder.NetworkInterfaceId}${of}, so that the cloud does not give it to a new one`,
    };
  }
  return {};
}

/** An address of a network interface, as the stack says it. */
interface Ipv4 {
  readonly ip?: unknown;
  readonly primary?: boolean;
}

async function interfaceCandidate(resource: StackResource, { cloud, value }: Search, found: NetworkInterface) {
  const { NetworkInterfaceId: id, NetworkInterfaceName, VpcId, SubnetId, PrivateIpAddressSet } = found;
  const { vpc_id: vpcId, subnet_id: subnetId, ipv4s = [] } = resource.arguments;
  const primary = (ipv4s as readonly Ipv4[]).find((each) => each.primary === true);
  const moving = (ipv4s as readonly Ipv4[]).filter((each) => each !== primary);
  const holders = await Promise.all(
    moving.map(async ({ ip }) => {
      const address = await value(ip);
      const [holder] = address === undefined ? [] : await interfacesWith(cloud, VpcId, address);
      return holder === undefined || holder.NetworkInterfaceId === id
        ? []
        : [{ address, holder: holder.Attachment?.InstanceId ?? holder.NetworkInterfaceId }];
    }),
  );
  return {
    id,
    description: `${id} (${NetworkInterfaceName}, ${PrivateIpAddressSet.map((each) => each.PrivateIpAddress).join(", ")})`,
    attributes: { id, holders: holders.flat() },
    differences: differencesOf([
      ["vpc_id", await value(vpcId), VpcId],
      ["subnet_id", await value(subnetId), SubnetId],
      [
        "the primary address of ipv4s",
        await value(primary?.ip),
        PrivateIpAddressSet.find(({ Primary }) => Primary)?.PrivateIpAddress,
      ],
    ]),
  };
}

/** Network interfaces, by their primary address, which never leaves them. */
export const ENI: Finder = {
  noun: "network interface",
  find: async (resource, search) => {
    const ipv4s = (resource.arguments["ipv4s"] ?? []) as readonly Ipv4[];
    const primary = await search.value(ipv4s.find((each) => each.primary === true)?.ip);
    const vpcId = await search.value(resource.arguments["vpc_id"]);
    if (primary === undefined) return nowhere("a network interface of an address that the cloud chooses");
    if (vpcId === undefined) return nowhere(`a network interface with ${primary} in a VPC that is not there`);
    const found = (await interfacesWith(search.cloud, vpcId, primary)).filter(({ Primary }) => !Primary);
    const looked = {
      for: `a network interface with the primary address ${primary} in ${vpcId}`,
      candidates: await Promise.all(found.map((each) => interfaceCandidate(resource, search, each))),
    };
    if (found.length > 0) return looked;
    const others = await Promise.all(ipv4s.map(({ ip }) => search.value(ip)));
    return {
      ...looked,
      ...(await conflictAt(
        search,
        vpcId,
        others.filter((each) => each !== undefined),
      )),
    };
  },
  choose: async (resource, id, search) => ({
    for: `the network interface ${id}`,
    candidates: await Promise.all(
      (await interfaces(search.cloud, { NetworkInterfaceIds: [id] })).map((each) =>
        interfaceCandidate(resource, search, each),
      ),
    ),
  }),
};

/** A public address of the API. */
interface Eip {
  readonly AddressId: string;
  readonly AddressName?: string | null;
  readonly AddressIp: string;
  readonly InstanceId?: string | null;
  readonly NetworkInterfaceId?: string | null;
  readonly PrivateAddressIp?: string | null;
}

const eips = (cloud: PairCloud, query: object) =>
  allPages<Eip>((page) => cloud.call("vpc", "DescribeAddresses", { ...query, ...page }), "AddressSet");

function eipCandidate(eip: Eip): Candidate {
  const { AddressId: id, AddressIp, AddressName } = eip;
  const bound = boundTo(eip);
  return {
    id,
    description: `${id} (${[AddressName, AddressIp, bound && `bound to ${bound}`].filter(Boolean).join(", ")})`,
    attributes: { id, public_ip: AddressIp },
  };
}

function boundTo({ InstanceId, NetworkInterfaceId }: Eip): string | undefined {
  return InstanceId || NetworkInterfaceId || undefined;
}

/** Public addresses: the one that reaches what the stack binds it to, whatever its name; else one of the name that is free. */
export const EIP: Finder = {
  noun: "public address",
  find: async (resource, search) => {
    const name = await search.value(resource.arguments["name"]);
    const { bindings, publicIps } = await boundBy(resource, search);
    const query = (filter: string, values: readonly string[]) => ({ Filters: [{ Name: filter, Values: values }] });
    if (publicIps.length > 0) {
      const found = await eips(search.cloud, query("address-ip", publicIps));
      return { for: `the public address ${publicIps.join(", ")}`, candidates: found.map(eipCandidate) };
    }
    if (name === undefined) return nowhere("a public address of a name that only Terraform knows");
    const named = (await eips(search.cloud, query("address-name", [name]))).filter((each) => each.AddressName === name);
    const free = bindings === 0 ? named : named.filter((each) => boundTo(each) === undefined);
    return {
      for: `a public address named ${name}${bindings === 0 ? "" : " that is bound to nothing"}`,
      candidates: free.map(eipCandidate),
      hints: free.length > 0 ? [] : named.map(eipCandidate),
    };
  },
  choose: async (_resource, id, { cloud }) => ({
    for: `the public address ${id}`,
    candidates: (await eips(cloud, { AddressIds: [id] })).map(eipCandidate),
  }),
};

/** What the stack binds a public address to, and the ones that are bound there. */
async function boundBy({ address }: StackResource, search: Search) {
  const isOfIt = ({ arguments: values }: StackResource) =>
    JSON.stringify([values["eip_id"], values["address_ip"]]).includes(`${address}.`);
  const bindings = search.resources.filter(
    (each) => /^tencentcloud_(eip_association|ha_vip_eip_attachment)$/.test(each.type) && isOfIt(each),
  );
  const found = await Promise.all(bindings.map((each) => publicIpsAt(each, search)));
  return { bindings: bindings.length, publicIps: [...new Set(found.flat())] };
}

async function publicIpsAt({ type, arguments: values }: StackResource, search: Search): Promise<string[]> {
  const { cloud, value, resources } = search;
  if (type === "tencentcloud_ha_vip_eip_attachment") {
    const haVipId = await value(values["havip_id"]);
    if (haVipId === undefined) return [];
    return (await haVips(cloud, { HaVipIds: [haVipId] })).flatMap(({ AddressIp }) => AddressIp || []);
  }
  const privateIp = await value(values["private_ip"]);
  const enis = referencesIn(values["network_interface_id"], "tencentcloud_eni");
  const vpcIds = await Promise.all(
    enis.map((eni) => value(resources.find(({ address }) => address === eni)?.arguments["vpc_id"])),
  );
  const [vpcId] = vpcIds.filter((each) => each !== undefined);
  if (privateIp === undefined || vpcId === undefined) return [];
  const holders = await interfacesWith(cloud, vpcId, privateIp);
  return holders.flatMap((holder) => entryOf(holder, privateIp)?.PublicIpAddress || []);
}

/** What binds a public address to a private one: after a failover, on whichever network interface has that now. */
export const EIP_ASSOCIATION: Finder = {
  noun: "binding of the public address",
  find: async (resource, { cloud, value }) => {
    const eipId = await value(resource.arguments["eip_id"]);
    const privateIp = await value(resource.arguments["private_ip"]);
    const instanceId = await value(resource.arguments["instance_id"]);
    if (eipId === undefined) return nowhere("what binds a public address that is not there");
    const [eip] = await eips(cloud, { AddressIds: [eipId] });
    const looked = { for: `${eipId} bound to ${privateIp ?? instanceId}` };
    const target = eip && targetOf(eip, privateIp, instanceId);
    if (target !== undefined) {
      const id = `${eipId}::${target}`;
      return {
        ...looked,
        candidates: [{ id, description: `${eipId} at ${target.replace("::", ", ")}`, attributes: { id } }],
      };
    }
    const other = eip && boundTo(eip);
    const conflict = other === undefined ? {} : { conflict: `${eipId} is bound to ${other} already` };
    return { ...looked, candidates: [], ...conflict };
  },
};

/** What a public address is bound to, as the provider writes it, where that is what the stack says. */
function targetOf(eip: Eip, privateIp: string | undefined, instanceId: string | undefined): string | undefined {
  if (privateIp === undefined) return eip.InstanceId === instanceId ? instanceId : undefined;
  const { NetworkInterfaceId: eni, PrivateAddressIp } = eip;
  return eni && PrivateAddressIp === privateIp ? `${eni}::${privateIp}` : undefined;
}
