/**
 * What keepalived is on a node: the states that it notifies, and `DEAD` where no keepalived runs. Only `MASTER` serves,
 * and only `BACKUP` is ready to take over.
 */
export const VRRP_STATES = ["MASTER", "BACKUP", "FAULT", "STOP", "DEAD"] as const;

/** See {@link VRRP_STATES}. */
export type VrrpState = (typeof VRRP_STATES)[number];

/** What the doctor calls its check of that a node and the cloud agree; whoever reads its lines knows them by it. */
export const AGREEMENT = "cloud and node agree";

/** Whether VRRP and the cloud agree on who serves. Only `yes` is well; `unknown` where the cloud was not asked. */
export type Agreement = "yes" | "no" | "unknown";
