import type { Lab } from "../lab/lab.ts";
import { waitFor } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { afterResignation, afterTwoElections } from "../timing/bounds.ts";
import type { Timing } from "../timing/timing.ts";
import { stableService } from "./stable-service.ts";

const STABLE_MS = 500;

/**
 * Proves that the standby can take over, and be the standby again: keepalived is stopped on the node that serves, and
 * started once the other one does.
 *
 * @returns the node that serves afterwards
 * @throws where the other node does not take over, or the first one does not come back
 */
export async function closingFailover(lab: Lab, serving: Node, timing: Timing): Promise<Node> {
  lab.timeline.note("rehearsal", "check", `stops keepalived on the ${serving.role}: the standby must take over`);
  const standby = lab.peerOf(serving);
  await serving.shell("systemctl stop keepalived");
  // The service may come a little late on a busy machine: that it comes is the question here.
  const beginsWithinMs = afterResignation(timing) + afterTwoElections(timing);
  await waitFor(stableService(lab, { stableMs: STABLE_MS, beginsWithinMs, by: standby, standbyMayBeDown: true }));
  await serving.shell("systemctl start keepalived");
  await waitFor({
    what: `the ${serving.role}'s return as BACKUP`,
    budgetMs: beginsWithinMs,
    look: () => {
      const last = serving.stateChanges(0).at(-1)?.state ?? "nothing";
      return last === "BACKUP" ? { found: true } : { seen: `its last notification was ${last}` };
    },
  });
  return standby;
}
