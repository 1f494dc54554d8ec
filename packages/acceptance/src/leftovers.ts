import type { AcceptanceCloud } from "./cloud/actions.ts";

/** Something in the cloud that carries the run's name. */
export interface Leftover {
  /** Such as `instance`. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** How a kind of resource is asked for. */
interface Kind {
  readonly kind: string;
  /** Asks for a page of them, from 0 on. */
  readonly ask: (api: AcceptanceCloud, page: number) => Promise<Readonly<Record<string, unknown>>>;
  /** Of the answer: where the resources are, and their ids and names. */
  readonly set: string;
  readonly id: string;
  readonly name: string;
}

const PAGE = 100;
/** More of a kind than an account has. */
const MAX_PAGES = 100;

const byOffset = (page: number) => ({ Offset: page * PAGE, Limit: PAGE });
/** As VPC's older actions count. */
const byOffsetInText = (page: number) => ({ Offset: String(page * PAGE), Limit: String(PAGE) });
/** As CAM counts. */
const byPage = (page: number) => ({ Page: page + 1, Rp: PAGE });

/** Every kind that a run makes and that has a name of its own: what hangs on these goes with them. */
const KINDS: readonly Kind[] = [
  {
    kind: "instance",
    ask: (api, page) => api.call("cvm", "DescribeInstances", byOffset(page)),
    ...{ set: "InstanceSet", id: "InstanceId", name: "InstanceName" },
  },
  {
    kind: "placement group",
    ask: (api, page) => api.call("cvm", "DescribeDisasterRecoverGroups", byOffset(page)),
    ...{ set: "DisasterRecoverGroupSet", id: "DisasterRecoverGroupId", name: "Name" },
  },
  {
    kind: "EIP",
    ask: (api, page) => api.call("vpc", "DescribeAddresses", byOffset(page)),
    ...{ set: "AddressSet", id: "AddressId", name: "AddressName" },
  },
  {
    kind: "HAVIP",
    ask: (api, page) => api.call("vpc", "DescribeHaVips", byOffset(page)),
    ...{ set: "HaVipSet", id: "HaVipId", name: "HaVipName" },
  },
  {
    kind: "network interface",
    ask: (api, page) => api.call("vpc", "DescribeNetworkInterfaces", byOffset(page)),
    ...{ set: "NetworkInterfaceSet", id: "NetworkInterfaceId", name: "NetworkInterfaceName" },
  },
  {
    kind: "security group",
    ask: (api, page) => api.call("vpc", "DescribeSecurityGroups", byOffsetInText(page)),
    ...{ set: "SecurityGroupSet", id: "SecurityGroupId", name: "SecurityGroupName" },
  },
  {
    kind: "subnet",
    ask: (api, page) => api.call("vpc", "DescribeSubnets", byOffsetInText(page)),
    ...{ set: "SubnetSet", id: "SubnetId", name: "SubnetName" },
  },
  {
    kind: "VPC",
    ask: (api, page) => api.call("vpc", "DescribeVpcs", byOffsetInText(page)),
    ...{ set: "VpcSet", id: "VpcId", name: "VpcName" },
  },
  {
    kind: "role",
    ask: (api, page) => api.call("cam", "DescribeRoleList", byPage(page)),
    ...{ set: "List", id: "RoleId", name: "RoleName" },
  },
  {
    kind: "policy",
    ask: (api, page) => api.call("cam", "ListPolicies", { ...byPage(page), Scope: "Local" }),
    ...{ set: "List", id: "PolicyId", name: "PolicyName" },
  },
];

/**
 * Asks the cloud, and not Terraform's state, what there is of a run's name.
 *
 * @throws CloudError where the cloud refuses to say
 */
export async function findLeftovers(api: AcceptanceCloud, name: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const kind of KINDS) {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await kind.ask(api, page);
      const set = (answer[kind.set] ?? []) as readonly Record<string, unknown>[];
      for (const each of set) {
        const named = String(each[kind.name] ?? "");
        if (named === name || named.startsWith(`${name}-`)) {
          found.push({ kind: kind.kind, id: String(each[kind.id]), name: named });
        }
      }
      if (set.length < PAGE) break;
    }
  }
  return found;
}
