import type { LocalCloud } from "local-cloud";
import type { Via } from "../report/run-record.ts";
import type { StackModel } from "../stack/stack.ts";
import type { Client } from "./client.ts";

/** What the client calls the addresses of a pair. */
type OwnAddress = Pick<StackModel["addresses"][number], "vip">;

/** What the client calls a VIP, of a pair that has this one first. */
export const viaOfVip = (first: OwnAddress, vip: string): Via => (vip === first.vip ? "VIP" : `VIP ${vip}`);

/** What the client calls the public address of a VIP. */
export const viaOfEip = (first: OwnAddress, vip: string): Via => (vip === first.vip ? "EIP" : `EIP of ${vip}`);

/** Whether the client reaches a VIP itself by it, and no public address. */
export const isVip = (via: Via): boolean => via.startsWith("VIP");

/** A pair in its cloud, and the client that asks it. */
interface AskedPair {
  readonly cloud: LocalCloud;
  readonly client: Client;
  /** The stack as it was at first. */
  readonly stack: OwnAddress;
}

/**
 * Lets the client ask through the addresses that a pair gets later, such as a further VIP: from when the cloud gives it to an
 * instance, or has bound the public one.
 */
export function askLaterAddresses({ cloud, client, stack }: AskedPair): void {
  cloud.on("holder", ({ vip, instanceId }) => {
    if (instanceId !== undefined) client.begin(viaOfVip(stack, vip), vip);
  });
  cloud.on("eip", ({ addressIp, privateIp }) => {
    const isAsked = privateIp !== undefined && client.addresses.has(viaOfVip(stack, privateIp));
    if (isAsked) client.begin(viaOfEip(stack, privateIp), addressIp);
  });
}

/** Lets the client ask no more through addresses that the cloud does not have any more. */
export function forgetGoneAddresses({ cloud, client }: Pick<AskedPair, "cloud" | "client">): void {
  const { addresses, haVips, networkInterfaces } = cloud.state;
  const known = new Set([
    ...[...addresses.values()].map(({ addressIp }) => addressIp),
    ...[...haVips.values()].map(({ vip }) => vip),
    ...[...networkInterfaces.values()].flatMap((eni) => eni.privateIpAddresses.map(({ privateIp }) => privateIp)),
  ]);
  for (const [via, address] of client.addresses) if (!known.has(address)) client.end(via);
}
