import type { Holder } from "../../protocol/decide.ts";
import { problem } from "../../cloud/problem.ts";
import type { Run } from "../../protocol/run.ts";
import type { Answer } from "../../cloud/vpc-api.ts";

/** What was seen of an address. */
export interface Observation {
  readonly holder: Holder;
  /** This node's network interface, or the HAVIP. */
  readonly ownId: string;
  /** The network interface that has the address, where one has. */
  readonly holderId?: string;
  /** The EIP that is bound to the address, where one is. */
  readonly eipId?: string | undefined;
}

/**
 * Looks up this node's network interface and the one that has the address.
 *
 * @throws where the API fails, which says nothing of who has the address, or where the settings are another node's
 */
export async function observe(run: Run): Promise<Observation> {
  const { host, parkingIp, peerIp, privateIp, vip } = run;
  const [own, holder] = await Promise.all([interfaceWith(run, privateIp), interfaceWith(run, vip)]);
  if (!own || !host.hasAddress(privateIp)) throw problem("Settings", `${privateIp} is not this node's`);
  const { NetworkInterfaceId: ownId, SubnetId } = own as Answer;
  if (!holder) return { holder: "none", ownId };
  if (holder["SubnetId"] !== SubnetId) throw problem("Settings", `${vip} is not in ${SubnetId}`);

  // Interfaces are known by their primary addresses: those are literals in the settings and never move.
  const { PrivateIpAddress: primary } = holder["PrivateIpAddressSet"].find((entry: Answer) => entry["Primary"]);
  const { AddressId, State } = entryOf(holder, vip) as Answer;
  const known: Record<string, Holder> = {
    [privateIp]: "mine",
    [peerIp]: instanceOf(holder) ? "peer" : "gone",
    [parkingIp as string]: "parked",
  };
  return {
    // PENDING, MIGRATING or DELETING: whoever is going to have it does not have it yet.
    holder: State === "AVAILABLE" ? known[primary] || "foreign" : "moving",
    ownId,
    holderId: holder["NetworkInterfaceId"],
    eipId: AddressId,
  };
}

/**
 * The network interface that has an address.
 *
 * @throws where the API fails, or answers without a list: that does not read as "nobody has the address"
 */
export async function interfaceWith({ call, vpcId }: Run, address: string): Promise<Answer | undefined> {
  const { NetworkInterfaceSet } = await call("DescribeNetworkInterfaces", {
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "address-ip", Values: [address] },
    ],
  });
  // The filter matches a single address by its end as well: never so many that they don't fit on a page.
  return NetworkInterfaceSet.find((each: Answer) => entryOf(each, address));
}

/** The instance that a network interface is attached to. */
export function instanceOf({ Attachment }: Answer): string | undefined {
  return (Attachment || "").InstanceId;
}

function entryOf(networkInterface: Answer, address: string): Answer | undefined {
  return networkInterface["PrivateIpAddressSet"].find((entry: Answer) => entry["PrivateIpAddress"] === address);
}
