/** A range of IPv4 addresses, as numbers, both ends included. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/** The address as an unsigned 32-bit number, or undefined if it is not four decimal octets without leading zeros. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)) {
    return undefined;
  }
  return octets.reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** The dotted form of an unsigned 32-bit number. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The range of a CIDR block, or undefined if it is malformed or its host bits are not zero. */
export function parseCidr(text: string): Ipv4Range | undefined {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  const first = parseIpv4(match?.[1] ?? "");
  const prefixLength = Number(match?.[2]);
  if (first === undefined || prefixLength > 32 || first % 2 ** (32 - prefixLength) !== 0) return undefined;
  return { first, last: first + 2 ** (32 - prefixLength) - 1, prefixLength };
}

/** Whether the inner range lies completely in the outer one. */
export const contains = (outer: Ipv4Range, inner: Ipv4Range) => outer.first <= inner.first && inner.last <= outer.last;

/** Whether an address in dotted form lies in the range; what is no address lies in none. */
export function hasAddress(range: Ipv4Range, address: string): boolean {
  const number = parseIpv4(address);
  return number !== undefined && number >= range.first && number <= range.last;
}

/** Whether two ranges have an address in common. */
export const overlaps = (a: Ipv4Range, b: Ipv4Range) => a.first <= b.last && b.first <= a.last;

/**
 * The addresses of a subnet that the cloud keeps for itself: network address, gateway (the first host) and broadcast
 * address. Source: the VPC product's documentation of subnets.
 */
export const reservedAddresses = (subnet: Ipv4Range) => [subnet.first, subnet.first + 1, subnet.last];
