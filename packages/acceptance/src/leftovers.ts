import type { CloudApi, Service } from "./cloud/api.ts";

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
  readonly service: Service;
  readonly action: string;
  /** Of the answer: where the resources are, and their ids and names. */
  readonly set: string;
  readonly id: string;
  readonly name: string;
  /** Whether pages are counted by Page and Rp, as in CAM. */
  readonly byPage?: boolean;
  /** Whether numbers are given as texts, as in VPC's older actions. */
  readonly asText?: boolean;
}

/** Every kind that a run makes and that has a name of its own: what hangs on these goes with them. */
const KINDS: readonly Kind[] = [
  {
    kind: "instance",
    service: "cvm",
    action: "DescribeInstances",
    set: "InstanceSet",
    id: "InstanceId",
    name: "InstanceName",
  },
  {
    kind: "placement group",
    service: "cvm",
    action: "DescribeDisasterRecoverGroups",
    set: "DisasterRecoverGroupSet",
    id: "DisasterRecoverGroupId",
    name: "Name",
  },
  { kind: "EIP", service: "vpc", action: "DescribeAddresses", set: "AddressSet", id: "AddressId", name: "AddressName" },
  { kind: "HAVIP", service: "vpc", action: "DescribeHaVips", set: "HaVipSet", id: "HaVipId", name: "HaVipName" },
  {
    kind: "network interface",
    service: "vpc",
    action: "DescribeNetworkInterfaces",
    set: "NetworkInterfaceSet",
    id: "NetworkInterfaceId",
    name: "NetworkInterfaceName",
  },
  {
    kind: "security group",
    service: "vpc",
    action: "DescribeSecurityGroups",
    set: "SecurityGroupSet",
    id: "SecurityGroupId",
    name: "SecurityGroupName",
    asText: true,
  },
  {
    kind: "subnet",
    service: "vpc",
    action: "DescribeSubnets",
    set: "SubnetSet",
    id: "SubnetId",
    name: "SubnetName",
    asText: true,
  },
  { kind: "VPC", service: "vpc", action: "DescribeVpcs", set: "VpcSet", id: "VpcId", name: "VpcName", asText: true },
  {
    kind: "role",
    service: "cam",
    action: "DescribeRoleList",
    set: "List",
    id: "RoleId",
    name: "RoleName",
    byPage: true,
  },
  {
    kind: "policy",
    service: "cam",
    action: "ListPolicies",
    set: "List",
    id: "PolicyId",
    name: "PolicyName",
    byPage: true,
  },
];

const PAGE = 100;
/** More of a kind than an account has. */
const MAX_PAGES = 100;

/**
 * Asks the cloud, and not Terraform's state, what there is of a run's name.
 *
 * @throws ApiError where the cloud refuses to say
 */
export async function findLeftovers(api: CloudApi, name: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const kind of KINDS) {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await api.call(kind.service, kind.action, pageOf(kind, page));
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

function pageOf({ byPage, asText, action }: Kind, page: number): object {
  if (byPage) return { Page: page + 1, Rp: PAGE, ...(action === "ListPolicies" && { Scope: "Local" }) };
  const [Offset, Limit] = [page * PAGE, PAGE];
  return asText ? { Offset: String(Offset), Limit: String(Limit) } : { Offset, Limit };
}
