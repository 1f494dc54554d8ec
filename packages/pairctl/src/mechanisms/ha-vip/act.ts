import type { Verdict } from "../../protocol/outcome.ts";
import { pause, remember, type Run } from "../../protocol/run.ts";
import { contest } from "./contest.ts";
import type { HaVipObservation } from "./observe.ts";

/** How long the fabric is given to learn from keepalived's own gratuitous ARP, in ms. */
const ANNOUNCE_AFTER_MS = 2000;

/** Checks that the HAVIP is on a MASTER, and announces it again if the fabric has not learned that. */
export async function act(run: Run, seen: HaVipObservation): Promise<Verdict | undefined> {
  const { host, outcome, purpose } = run;
  if (run.vrrp !== "MASTER") return "idle";
  remember(run, contest(run, seen));
  if (seen.holder === "mine") {
    // This node cannot bind the EIP: the policy does not allow that with a HAVIP.
    if (seen.eip === undefined && outcome.objection !== undefined) {
      outcome.message = outcome.objection;
      return "failed";
    }
    return "holds";
  }
  // Without arping there are still keepalived's own announcements.
  if (purpose === "settle" && host.clock() > run.since + ANNOUNCE_AFTER_MS) {
    run.since = host.clock();
    host.shell(`arping -Ac1 ${run.address.vip}`);
  }
  return pause(run, `${seen.haVipId} is not here, it is on: ${seen.holderId ?? "none"}`);
}
