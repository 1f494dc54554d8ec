import type { Verdict } from "../../protocol/outcome.ts";
import { pause, remember, type Run } from "../../protocol/run.ts";
import { contest } from "./contest.ts";
import type { HaVipObservation } from "./observe.ts";

/** So long, in ms, the fabric gets to learn from keepalived's own gratuitous ARP. */
const ANNOUNCE_AFTER_MS = 2000;

/** Sees whether the HAVIP is on a MASTER, and announces it again where the fabric does not learn that. */
export async function act(run: Run, seen: HaVipObservation): Promise<Verdict | undefined> {
  const { host, outcome, purpose } = run;
  if (run.vrrp !== "MASTER") return "idle";
  remember(run, contest(run, seen));
  if (seen.holder === "mine") {
    // Whoever binds the EIP is not this node: no policy of ours allows that with a HAVIP.
    if (seen.eip === undefined && outcome.objection !== undefined) {
      outcome.message = outcome.objection;
      return "failed";
    }
    return "holds";
  }
  // Where there is no arping, keepalived's own announcements have to do.
  if (purpose === "settle" && host.clock() > run.since + ANNOUNCE_AFTER_MS) {
    run.since = host.clock();
    host.shell(`arping -Ac1 ${run.address.vip}`);
  }
  return pause(run, `${seen.haVipId} is not here, it is on: ${seen.holderId ?? "none"}`);
}
