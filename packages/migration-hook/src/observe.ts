import type { Settings } from "./settings.ts";
import type { Answer, Call } from "./vpc-api.ts";

/** Who has the address, in the eyes of the cloud. */
export type Holder = "mine" | "peer" | "parked" | "none" | "foreign" | "moving";

/** What was seen in secondary-private-ip mode. */
export interface Observation {
  readonly holder: Holder;
  /** This node's network interface. */
  readonly ownId: string;
  /** The network interface that has the address, where one has. */
  readonly holderId: string | undefined;
  /** The EIP that is bound to the address, where one is. */
  readonly eipId: string | undefined;
}

/**
 * Looks up this node's network interface and the one that has the address.
 *
 * @throws where the API fails, which says nothing of who has the address, or where the settings are another node's
 */
export async function observe(call: Call, settings: Settings, instanceId: string): Promise<Observation> {
  const { vip, vpcId, node, peer, parkingIp } = settings;
  const [own, holder] = await Promise.all([
    interfaceWith(call, vpcId, node.privateIp),
    interfaceWith(call, vpcId, vip),
  ]);
  const attached = ((own || {})["Attachment"] || {}).InstanceId;
  if (!own || attached !== instanceId) throw new Error(`${node.privateIp} is ${attached}'s, not this ${instanceId}'s`);
  const ownId = own["NetworkInterfaceId"];
  if (!holder) return { holder: "none", ownId, holderId: undefined, eipId: undefined };

  // Interfaces are known by their primary addresses: those are literals in the settings and never move.
  const holderId = holder["NetworkInterfaceId"];
  const primary = entryOf(holder, (entry) => entry["Primary"]).PrivateIpAddress;
  const { AddressId, State } = entryOf(holder, (entry) => entry["PrivateIpAddress"] === vip);
  const known: Record<string, Holder> = {
    [node.privateIp]: "mine",
    [peer.privateIp]: "peer",
    [`${parkingIp}`]: "parked",
  };
  // PENDING, MIGRATING or DELETING: whoever is going to have it does not have it yet.
  const moving = State !== "AVAILABLE";
  return { holder: moving ? "moving" : known[primary] || "foreign", ownId, holderId, eipId: AddressId || undefined };
}

/** The filter matches a single address by its end as well, so the answer is compared here. */
async function interfaceWith(call: Call, vpcId: string, address: string): Promise<Answer | undefined> {
  const Filters = [
    { Name: "vpc-id", Values: [vpcId] },
    { Name: "address-ip", Values: [address] },
  ];
  const { NetworkInterfaceSet } = await call("DescribeNetworkInterfaces", { Filters, Limit: 100 });
  return NetworkInterfaceSet.find((each: Answer) => entryOf(each, (entry) => entry["PrivateIpAddress"] === address));
}

function entryOf(networkInterface: Answer, isIt: (entry: Answer) => boolean): Answer {
  return networkInterface["PrivateIpAddressSet"].find(isIt);
}
