/** A network of IPv4 addresses, as numbers. */
export interface Cidr {
  /** The network address. */
  readonly first: number;
  /** The broadcast address. */
  readonly last: number;
  readonly prefixLength: number;
}

/** The address as an unsigned 32-bit number; undefined where it is no IPv4 address in dotted notation. */
export function parseAddress(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255))
    return undefined;
  return octets.reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** The dotted form of an unsigned 32-bit number. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** A network in CIDR notation; undefined where it is none, or has bits of a host. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = "", bits = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const first = parseAddress(address);
  const prefixLength = Number(bits);
  const size = 2 ** (32 - prefixLength);
  if (first === undefined || prefixLength > 32 || first % size !== 0) return undefined;
  return { first, last: first + size - 1, prefixLength };
}

/** Whether an address is of a network. */
export function addressInCidr({ first, last }: Cidr, address: string): boolean {
  const number = parseAddress(address);
  return number !== undefined && number >= first && number <= last;
}
