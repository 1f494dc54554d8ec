import type { LocalCloud } from "../../src/index.ts";
import type { Answer } from "./client.ts";
import { asRoot, eniView } from "./pair.ts";

/** Takes addresses off a network interface. */
export const unassign = (cloud: LocalCloud, NetworkInterfaceId: string, ...addresses: string[]): Promise<Answer> =>
  asRoot(cloud, "UnassignPrivateIpAddresses", {
    NetworkInterfaceId,
    PrivateIpAddresses: addresses.map((PrivateIpAddress) => ({ PrivateIpAddress })),
  });

/** The addresses of a network interface, each with its state. */
export async function addressesOn(cloud: LocalCloud, networkInterfaceId: string): Promise<[string, string][]> {
  const { PrivateIpAddressSet } = await eniView(cloud, networkInterfaceId);
  return PrivateIpAddressSet.map((ip: { PrivateIpAddress: string; State: string }) => [ip.PrivateIpAddress, ip.State]);
}
