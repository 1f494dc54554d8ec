import type { Mechanism } from "../contract/index.ts";
import type { Outcome } from "../protocol/outcome.ts";
import { reconcile } from "../protocol/reconcile.ts";
import type { Run } from "../protocol/run.ts";
import { haVip } from "./ha-vip/index.ts";
import { secondaryPrivateIp } from "./secondary-private-ip/index.ts";

const RECONCILE: Readonly<Record<Mechanism, (run: Run) => Promise<Outcome>>> = {
  havip: (run) => reconcile(run, haVip),
  "secondary-private-ip": (run) => reconcile(run, secondaryPrivateIp),
};

/** Reconciles an address in the way of the pair's mechanism. */
export function reconcileByMechanism(run: Run): Promise<Outcome> {
  return RECONCILE[run.settings.mechanism](run);
}
