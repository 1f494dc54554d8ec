import { CloudError } from "cloud-client";
import type { DeployedNode, DeployedPair } from "../stack/deployed-pair.ts";
import { OperatorError } from "../operator-error.ts";
import type { PairCloud } from "./actions.ts";

/** Who has an address, by the cloud's own answer. */
export type AddressHolder = DeployedNode["role"] | "parked" | "nobody" | "foreign";

/** An address that moves, as the cloud has it. */
export interface CloudAddress {
  readonly vip: string;
  readonly holder: AddressHolder;
  /** What has it, where it is not the pair's. */
  readonly holderId: string | undefined;
  /** The public address that reaches it; undefined where none does. */
  readonly publicIp: string | undefined;
  /** Whether the stack gives it a public address. */
  readonly wantsPublicIp: boolean;
}

/** A node's machine, as the cloud has it. */
export interface CloudInstance {
  readonly instanceId: string;
  /** Such as `RUNNING` or `STOPPED`; `GONE` where there is no such instance. */
  readonly state: string;
  readonly instanceType: string | undefined;
}

/** The cloud's view of a pair. */
export interface CloudView {
  readonly addresses: readonly CloudAddress[];
  /** The primary's first. */
  readonly instances: readonly [CloudInstance, CloudInstance];
}

/**
 * Asks the cloud who has the addresses of a pair, and how its nodes' machines are.
 *
 * @throws CloudError
 * @throws OperatorError where the account has neither node: the credentials are another account's
 */
export async function viewCloud(cloud: PairCloud, pair: DeployedPair): Promise<CloudView> {
  const ids = pair.nodes.map(({ instanceId }) => instanceId);
  const [addresses, one, other] = await Promise.all([
    Promise.all(
      pair.virtualIps.map((virtualIp) =>
        pair.mechanism === "havip" ? haVip(cloud, pair, virtualIp) : privateIp(cloud, pair, virtualIp),
      ),
    ),
    instance(cloud, ids[0] as string),
    instance(cloud, ids[1] as string),
  ]);
  if (one.state === "GONE" && other.state === "GONE") await refuseOtherAccount(cloud, pair);
  return { addresses, instances: [one, other] };
}

type VirtualIp = DeployedPair["virtualIps"][number];

async function privateIp(cloud: PairCloud, pair: DeployedPair, { vip, eipId, parkingIp }: VirtualIp) {
  const { NetworkInterfaceSet } = (await cloud.call("vpc", "DescribeNetworkInterfaces", {
    Filters: [
      { Name: "vpc-id", Values: [pair.vpcId] },
      { Name: "address-ip", Values: [vip] },
      { Name: "ip-exact-match", Values: ["true"] },
    ],
  })) as { NetworkInterfaceSet?: readonly NetworkInterface[] };
  const found = NetworkInterfaceSet?.find((each) => addressOf(each, vip) !== undefined);
  const instanceId = found?.Attachment?.InstanceId;
  const isParked = parkingIp !== undefined && found !== undefined && addressOf(found, parkingIp) !== undefined;
  const entry = found && addressOf(found, vip);
  return {
    vip,
    holder: isParked ? ("parked" as const) : holderOf(pair, found !== undefined, instanceId),
    holderId: instanceId ?? found?.NetworkInterfaceId,
    publicIp: entry?.PublicIpAddress || undefined,
    wantsPublicIp: eipId !== undefined,
  };
}

async function haVip(cloud: PairCloud, pair: DeployedPair, { vip, eipId }: VirtualIp): Promise<CloudAddress> {
  const { HaVipSet } = (await cloud.call("vpc", "DescribeHaVips", {
    Filters: [
      { Name: "vpc-id", Values: [pair.vpcId] },
      { Name: "vip", Values: [vip] },
    ],
  })) as { HaVipSet?: readonly HaVip[] };
  const found = HaVipSet?.find(({ Vip }) => Vip === vip);
  const instanceId = found?.InstanceId || undefined;
  return {
    vip,
    holder: holderOf(pair, instanceId !== undefined, instanceId),
    holderId: instanceId,
    publicIp: found?.AddressIp || undefined,
    wantsPublicIp: eipId !== undefined,
  };
}

function holderOf({ nodes }: DeployedPair, isHeld: boolean, instanceId: string | undefined): AddressHolder {
  if (!isHeld) return "nobody";
  return nodes.find((node) => node.instanceId === instanceId)?.role ?? "foreign";
}

interface NetworkInterface {
  readonly NetworkInterfaceId: string;
  readonly PrivateIpAddressSet: readonly { readonly PrivateIpAddress: string; readonly PublicIpAddress?: string }[];
  readonly Attachment?: { readonly InstanceId?: string } | null;
}

function addressOf({ PrivateIpAddressSet }: NetworkInterface, address: string) {
  return PrivateIpAddressSet.find(({ PrivateIpAddress }) => PrivateIpAddress === address);
}

interface HaVip {
  readonly Vip: string;
  readonly InstanceId?: string;
  readonly AddressIp?: string;
}

/** One by one: the cloud refuses a list in which an id is unknown. */
async function instance(cloud: PairCloud, instanceId: string): Promise<CloudInstance> {
  const gone = { instanceId, state: "GONE", instanceType: undefined };
  try {
    const { InstanceSet } = (await cloud.call("cvm", "DescribeInstances", { InstanceIds: [instanceId] })) as {
      InstanceSet?: readonly { readonly InstanceState: string; readonly InstanceType: string }[];
    };
    const [found] = InstanceSet ?? [];
    return found === undefined ? gone : { instanceId, state: found.InstanceState, instanceType: found.InstanceType };
  } catch (error) {
    if (error instanceof CloudError && error.code === "InvalidInstanceId.NotFound") return gone;
    throw error;
  }
}

async function refuseOtherAccount(cloud: PairCloud, { nodes, name, region }: DeployedPair): Promise<never> {
  const { AccountId } = await cloud.call("sts", "GetCallerIdentity", {}).catch(() => ({ AccountId: undefined }));
  const account = AccountId === undefined ? "this account" : `account ${String(AccountId)}`;
  throw new OperatorError(
    "usage",
    `${account} has neither node of ${name} in ${region}, ${nodes.map(({ instanceId }) => instanceId).join(" and ")}: ` +
      "use the credentials with which the pair was deployed; if both nodes were deleted, deploy again",
  );
}
