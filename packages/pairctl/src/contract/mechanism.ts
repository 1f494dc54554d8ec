/** The ways to move the address. They are never mixed. */
export const MECHANISMS = ["havip", "secondary-private-ip"] as const;

/**
 * What moves the address: `havip`, the cloud's fabric on a gratuitous ARP from the new holder; `secondary-private-ip`,
 * pairctl on the new holder through the VPC API.
 */
export type Mechanism = (typeof MECHANISMS)[number];

/** The mechanism that this program is built for, which then has no code for the other one; undefined from source. */
declare const __MECHANISM__: Mechanism | undefined;

/** Whether a pair's mechanism is a HAVIP. In a node's pairctl the build has decided that. */
export function isHaVip(mechanism: Mechanism): boolean {
  return typeof __MECHANISM__ === "undefined" ? mechanism === "havip" : __MECHANISM__ === "havip";
}
