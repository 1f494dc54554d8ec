import { type Agreement, NODE_PATHS } from "../contract/index.ts";
import { recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { agreement, type Outcome } from "../protocol/outcome.ts";
import { VERSION } from "./version.ts";

/** The line of JSON in which a run logs what it found and did. */
export interface Receipt extends Omit<Outcome, "objection"> {
  /** When the run began, ISO 8601. */
  readonly time: string;
  /** The state that keepalived has notified since the run before, or `timer` where it has notified none. */
  readonly trigger: string;
  /** Whether the pair serves, as far as this node can tell. */
  readonly agree: Agreement;
  /** The exit status that says the same as the verdict and the rest. */
  readonly status: number;
  /** How often keepalived has notified MASTER since its log was rotated. */
  readonly promotions: number;
  /** Milliseconds from beginning to end. */
  readonly ms: number;
  /** pairctl's version and hash. */
  readonly version: string;
}

/** The beginning of a run. */
export interface Beginning {
  readonly time: string;
  readonly trigger: string;
  /** keepalived's last notification. */
  readonly notification: string;
  /** By the host's clock. */
  readonly clock: number;
}

/** Records when a run begins, and what started it. @param done the notification that the run before it has seen */
export function beginning(host: Host, done: string | undefined): Beginning {
  const notification = recall(host, "notification");
  return {
    time: new Date(host.now()).toISOString(),
    trigger: (notification !== done && notification.split(" ")[0]) || "timer",
    notification,
    clock: host.clock(),
  };
}

/** The receipt of a run that ends now. It is true now, and may not be a moment later. */
export function receiptOf(host: Host, { time, trigger, clock }: Beginning, outcome: Outcome): Receipt {
  const { objection, ...told } = outcome;
  return {
    time,
    trigger,
    ...told,
    message: told.message || objection,
    agree: agreement(outcome),
    status: exitStatus(outcome),
    ms: Math.round(host.clock() - clock),
    promotions: (host.readFile(NODE_PATHS.notificationLog) || "").split(" MASTER\n").length - 1,
    version: VERSION,
  };
}

/** Whether this node serves, or is ready to take over from a peer that does. Only what was seen to be well is well. */
export function isWell({ agree }: Receipt): boolean {
  return agree === "yes";
}

/**
 * The exit status of a run: 1 where it has failed, where nobody serves as far as is known, or where this node can neither
 * serve nor take over. A drained node (STOP) is as it was told to be.
 */
export function exitStatus(outcome: Outcome): number {
  const { verdict, vrrp } = outcome;
  if (verdict === "failed" || verdict === "refused") return 1;
  if (verdict === "planned") return 0;
  return agreement(outcome) === "no" || vrrp === "FAULT" || vrrp === "DEAD" ? 1 : 0;
}
