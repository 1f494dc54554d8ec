import type { Verdict } from "../../protocol/outcome.ts";
import { decideForRun, pause, remember, type Run } from "../../protocol/run.ts";
import { contestOf } from "./contest.ts";
import type { HaVipObservation } from "./observe.ts";

/** How long, in ms, the fabric has to learn from keepalived's own gratuitous ARP. */
const ANNOUNCE_AFTER_MS = 2000;

/** Verifies that a MASTER has the HAVIP, and announces it again where the fabric does not learn that. */
export async function act(
  run: Run<"advertInt" | "allowForeign" | "mechanism" | "peerPriority" | "priority">,
  seen: HaVipObservation,
): Promise<Verdict | undefined> {
  const { address, announcedAt = 0, host, outcome, purpose, session } = run;
  const { memory, step } = decideForRun(run, seen);
  session.memory.contests.set(address.vip, run.vrrp === "MASTER" ? contestOf(run, seen) : undefined);
  const awaited = `${seen.haVipId} is not here, it is on: ${seen.holderId ?? "none"}`;
  if (step === "take") {
    const learnsAt = Math.max(run.since, announcedAt) + ANNOUNCE_AFTER_MS;
    if (purpose === "settle" && host.clock() > learnsAt) {
      remember(run, memory);
      run.announcedAt = host.clock();
      // Without arping, only keepalived's own announcements are left.
      host.shell(`arping -Ac1 ${address.vip}`);
    }
    return pause(run, awaited);
  }
  remember(run, memory);
  switch (step) {
    case "keep":
      return "holds";
    case "bind EIP":
      // This node may not bind the EIP: with a HAVIP no policy of ours allows that.
      outcome.message = outcome.objection;
      return "failed";
    case "leave":
    case "refuse":
      outcome.message = awaited;
      return step === "leave" ? "left" : "refused";
    default:
      return "idle";
  }
}
