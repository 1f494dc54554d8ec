/** The ways to move the address. They are never mixed. */
export const MECHANISMS = ["havip", "secondary-private-ip"] as const;

/**
 * What moves the address: `havip`, the cloud's fabric on a gratuitous ARP from the new holder; `secondary-private-ip`,
 * pairctl on the new holder through the VPC API.
 */
export type Mechanism = (typeof MECHANISMS)[number];
