import { Token } from "cdktf";
import { PropError, Shown } from "./prop-error";
import { type Ipv4Cidr, networkAround, parseCidr, whyUnusable } from "../render/ipv4";

export { PropError } from "./prop-error";

/** Refuses a number that is no integer between two bounds. A token is let through: it is known only at apply. */
export function requireInteger(prop: string, value: number, min: number, max: number, remedy: string): void {
  if (Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new PropError(prop, value, `must be an integer between ${min} and ${max}`, remedy);
  }
}

/**
 * Refuses a token.
 *
 * @param reason what the value is needed for at synth
 */
export function requireLiteral(
  prop: string,
  value: string | number,
  reason = "each node's configuration names it",
): void {
  if (Token.isUnresolved(value)) {
    throw new PropError(prop, new Shown("a token"), `must be known at synth, since ${reason}`, "write it as a literal");
  }
}

/** Refuses what is no integer between two bounds, a token as well: keepalived.conf names it. */
export function requireLiteralInteger(prop: string, value: number, min: number, max: number, remedy: string): void {
  requireLiteral(prop, value);
  requireInteger(prop, value, min, max, remedy);
}

/** How many characters the provider takes as the name of most resources. */
export const LONGEST_NAME = 60;

/** Refuses a name that the provider does not take. A token is let through: its length is known only at apply. */
export function requireName(prop: string, value: string, maxLength = LONGEST_NAME): void {
  if (Token.isUnresolved(value)) return;
  if (value.length === 0 || value.length > maxLength) {
    throw new PropError(
      prop,
      value,
      `must have 1 to ${maxLength} characters, which is what the provider takes`,
      `use a shorter name (this one has ${value.length})`,
    );
  }
}

/** Refuses what is no IPv4 network. */
export function requireCidr(prop: string, value: string): Ipv4Cidr {
  requireLiteral(prop, value, "addresses are checked against it");
  const cidr = parseCidr(value);
  if (cidr === undefined) {
    const network = networkAround(value);
    const example = network === undefined ? "such as 10.0.0.0/16" : `which is ${network} here`;
    throw new PropError(
      prop,
      value,
      "must be an IPv4 network in CIDR notation",
      `write the network's first address and its prefix length, ${example}`,
    );
  }
  return cidr;
}

/** Refuses an address that nothing in the subnet can have. */
export function requireUsableAddress(prop: string, value: string, subnet: Ipv4Cidr): void {
  requireLiteral(prop, value);
  const [, address, prefix] = /^([\d.]+)\/(\d+)$/.exec(value) ?? [];
  if (address !== undefined) {
    throw new PropError(prop, value, "must be an address without a prefix length", `leave /${prefix} out: ${address}`);
  }
  const why = whyUnusable(value, subnet);
  if (why !== undefined) {
    throw new PropError(
      prop,
      value,
      `must be a free address of the subnet, but ${why}`,
      `choose another address of ${subnet.text}`,
    );
  }
}

/** Refuses two props with one address. */
export function requireDistinct(addresses: Readonly<Record<string, string>>): void {
  const seen = new Map<string, string>();
  for (const [prop, address] of Object.entries(addresses)) {
    const other = seen.get(address);
    if (other !== undefined) {
      throw new PropError(prop, address, `must differ from '${other}'`, "give each its own address");
    }
    seen.set(address, prop);
  }
}
