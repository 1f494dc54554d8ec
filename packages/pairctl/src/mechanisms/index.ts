import type { Mechanism, Settings } from "../contract/index.ts";
import type { Outcome } from "../protocol/outcome.ts";
import { reconcile } from "../protocol/reconcile.ts";
import type { Run } from "../protocol/run.ts";
import { haVip } from "./ha-vip/index.ts";
import { secondaryPrivateIp } from "./secondary-private-ip/index.ts";

/**
 * The mechanism that a bundle is for. The build defines it and leaves the other one out; from source there are both.
 */
declare const __MECHANISM__: Mechanism | undefined;

/** Reconciles an address by the pair's mechanism. A run fails where the bundle is for the other one. */
export async function reconcileByMechanism(run: Run<keyof Settings>): Promise<Outcome> {
  const { mechanism } = run.settings;
  if (typeof __MECHANISM__ === "undefined" || __MECHANISM__ === "havip") {
    if (mechanism === "havip") return reconcile(run, haVip);
  }
  if (typeof __MECHANISM__ === "undefined" || __MECHANISM__ === "secondary-private-ip") {
    if (mechanism === "secondary-private-ip") return reconcile(run, secondaryPrivateIp);
  }
  return { ...run.outcome, message: `this pairctl is not for ${mechanism}` };
}
