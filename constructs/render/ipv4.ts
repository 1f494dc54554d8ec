/** An IPv4 network: its first address, its last address and its prefix length. */
export interface Ipv4Cidr {
  /** The network as it was written, such as `10.0.1.0/24`. */
  readonly text: string;
  /** The network address as a 32-bit number. */
  readonly first: number;
  /** The broadcast address as a 32-bit number. */
  readonly last: number;
  /** The prefix length in bits, 0–32. */
  readonly prefixLength: number;
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const DOTTED_QUAD = `(?:${OCTET}\\.){3}${OCTET}`;

/** A dotted quad such as `10.0.1.100`, without leading zeros. */
export const IPV4_ADDRESS = new RegExp(`^${DOTTED_QUAD}$`);

/** A dotted quad with a prefix length, such as `10.0.1.0/24`. */
export const IPV4_CIDR = new RegExp(`^${DOTTED_QUAD}/(?:3[0-2]|[0-2]?\\d)$`);

/**
 * Reads a dotted quad such as `10.0.1.100`.
 *
 * @returns the address as a 32-bit number, or undefined where the text is no IPv4 address (leading zeros included).
 */
export function parseIpv4(text: string): number | undefined {
  if (!IPV4_ADDRESS.test(text)) return undefined;
  return text.split(".").reduce((address, octet) => address * 256 + Number(octet), 0);
}

/** Writes a 32-bit number as a dotted quad. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/**
 * Reads a network such as `10.0.1.0/24`.
 *
 * @returns undefined where the text is no network: no prefix length, or bits set behind it.
 */
export function parseCidr(text: string): Ipv4Cidr | undefined {
  const [address = "", prefix] = text.split("/");
  const first = parseIpv4(address);
  if (first === undefined || !IPV4_CIDR.test(text)) return undefined;
  const size = 2 ** (32 - Number(prefix));
  if (first % size !== 0) return undefined;
  return { text, first, last: first + size - 1, prefixLength: Number(prefix) };
}

/**
 * The network that an address with a prefix length lies in: `10.0.1.5/24` is one of `10.0.1.0/24`.
 *
 * @returns undefined where the text is no address with a prefix length
 */
export function networkAround(text: string): string | undefined {
  const [, address, prefix] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const number = parseIpv4(address ?? "");
  if (number === undefined || Number(prefix) > 32) return undefined;
  return `${formatIpv4(number - (number % 2 ** (32 - Number(prefix))))}/${Number(prefix)}`;
}

/** Whether `inner` lies wholly inside `outer`. */
export function containsCidr(outer: Ipv4Cidr, inner: Ipv4Cidr): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/**
 * Says why a machine cannot have an address in a subnet.
 *
 * Tencent Cloud keeps the first two addresses of every subnet (the network and its gateway) and the last one
 * (broadcast) for itself.
 *
 * @returns undefined where the address can be used.
 */
export function whyUnusable(address: string, subnet: Ipv4Cidr): string | undefined {
  const number = parseIpv4(address);
  if (number === undefined) return "is not an IPv4 address";
  if (number < subnet.first || number > subnet.last) return `lies outside the subnet ${subnet.text}`;
  if (number === subnet.first) return `is the network address of ${subnet.text}`;
  if (number === subnet.last) return `is the broadcast address of ${subnet.text}`;
  if (number === subnet.first + 1) return `is the gateway of ${subnet.text}, which the cloud reserves`;
  return undefined;
}
