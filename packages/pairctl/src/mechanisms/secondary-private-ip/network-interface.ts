import type { Run } from "../../protocol/run.ts";

/** A private address of a network interface. */
export interface PrivateIp {
  readonly PrivateIpAddress: string;
  readonly Primary: boolean;
  /** `AVAILABLE`; or `PENDING`, `MIGRATING`, `DELETING` while a task changes it. */
  readonly State: string;
  /** The EIP that is bound to it; empty if there is none. */
  readonly AddressId?: string;
}

/** The fields of a network interface that pairctl reads. */
export interface NetworkInterface {
  readonly NetworkInterfaceId: string;
  readonly SubnetId: string;
  readonly Attachment?: { readonly InstanceId?: string } | null;
  readonly PrivateIpAddressSet: readonly PrivateIp[];
}

/** The largest page of the API. */
const LIMIT = 100;

/**
 * The network interface that has an address.
 *
 * @throws where the API fails, or answers without a list, which does not mean that no interface has the address
 */
export async function interfaceWith(
  { api, settings }: Run<"vpcId">,
  address: string,
): Promise<NetworkInterface | undefined> {
  const { NetworkInterfaceSet: list } = await api.call("DescribeNetworkInterfaces", {
    Filters: [
      { Name: "vpc-id", Values: [settings.vpcId] },
      { Name: "address-ip", Values: [address] },
      // Without it, the filter above matches other addresses that end with this one, or begin with it.
      { Name: "ip-exact-match", Values: ["true"] },
    ],
    Limit: LIMIT,
  });
  // Anything but a list throws here.
  return (list as readonly NetworkInterface[]).find((each) => addressOn(each, address));
}

/** An address of a network interface. */
export function addressOn({ PrivateIpAddressSet }: NetworkInterface, address: string): PrivateIp | undefined {
  return PrivateIpAddressSet.find((entry) => entry.PrivateIpAddress === address);
}

/** The primary address, which identifies a network interface: it is a literal in the settings and never moves. */
export function primaryAddressOf({ PrivateIpAddressSet }: NetworkInterface): string | undefined {
  return PrivateIpAddressSet.find((entry) => entry.Primary)?.PrivateIpAddress;
}

/** The instance that a network interface is attached to. */
export function instanceOf({ Attachment }: NetworkInterface): string | undefined {
  return Attachment?.InstanceId;
}
