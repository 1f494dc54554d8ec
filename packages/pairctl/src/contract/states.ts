/**
 * What keepalived is on a node: the states that it notifies, and `DEAD` where no keepalived runs. Only `MASTER` serves,
 * and only `BACKUP` is ready to take over.
 */
export const VRRP_STATES = ["MASTER", "BACKUP", "FAULT", "STOP", "DEAD"] as const;

/** See {@link VRRP_STATES}. */
export type VrrpState = (typeof VRRP_STATES)[number];

/** Whether VRRP and the cloud agree on who serves. Only `yes` is well; `unknown` where the cloud was not asked. */
export type Agreement = "yes" | "no" | "unknown";
