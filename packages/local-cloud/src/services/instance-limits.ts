import { instanceTypes } from "./instance-types.ts";

/** What an instance may have by its size. */
export interface InstanceLimits {
  /** Secondary and primary addresses on each of its ENIs. */
  readonly privateIpsPerNetworkInterface: number;
  /** EIPs on all of its addresses together. */
  readonly publicAddresses: number;
}

/**
 * Private addresses on one ENI: the first row that the size fits. Memory in GB, `below`.
 *
 * The rows of 1 and 2 cores are the vendor's figures; the larger ones are not confirmed (document 576/18527 has them).
 */
const privateIps = [
  { cpu: 1, memoryBelow: 2, addresses: 2 },
  { cpu: 1, memoryBelow: Infinity, addresses: 6 },
  { cpu: 2, memoryBelow: Infinity, addresses: 10 },
  { cpu: 4, memoryBelow: 16, addresses: 10 },
  { cpu: 4, memoryBelow: Infinity, addresses: 20 },
  { cpu: 12, memoryBelow: 16, addresses: 20 },
  { cpu: Infinity, memoryBelow: Infinity, addresses: 30 },
] as const;

/**
 * Public addresses of one instance: two up to five cores, one more for each six cores above, at most ten.
 *
 * Up to 5 cores 2, by the vendor; the larger ones are not confirmed (documents 213/5733 and 1199/41648 have them).
 */
const publicAddressesOf = (cpu: number) => Math.min(10, cpu <= 5 ? 2 : 2 + Math.floor(cpu / 6));

/** The limits of a type that is listed here; undefined: it is not. */
export function limitsOf(instanceType: string): InstanceLimits | undefined {
  const size = Object.hasOwn(instanceTypes, instanceType) ? instanceTypes[instanceType] : undefined;
  if (!size) return undefined;
  const row = privateIps.find(({ cpu, memoryBelow }) => size.cpu <= cpu && size.memory < memoryBelow);
  return { privateIpsPerNetworkInterface: row?.addresses ?? 30, publicAddresses: publicAddressesOf(size.cpu) };
}
