import type { Verdict } from "../../cli/receipt.ts";
import { problem } from "../../cloud/problem.ts";
import { pause, type Run } from "../../protocol/run.ts";
import type { Observation } from "../secondary-private-ip/observe.ts";

/** Sees whether the HAVIP is here with its EIP, and announces it again where the fabric does not learn that. */
export async function confirmHaVip(run: Run, { holder, ownId, eipId }: Observation): Promise<Verdict | undefined> {
  const { host, vip } = run;
  if (holder === "mine") {
    if (run.eipId && !eipId) throw problem("Settings", `${ownId} has no EIP: bind ${run.eipId}`);
    return "holds";
  }
  // So long the fabric gets to learn from keepalived's own gratuitous ARP, and has to do where there is no arping.
  if (run.purpose === "settle" && host.clock() > run.since + 2000) {
    run.since = host.clock();
    host.shell(`arping -Ac1 ${vip}`);
  }
  return pause(run, `${ownId} is not here, it is on: ${holder}`);
}
