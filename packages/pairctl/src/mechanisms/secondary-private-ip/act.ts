import type { AddressStep } from "../../protocol/decision/index.ts";
import type { Verdict } from "../../protocol/outcome.ts";
import { decideForRun, pause, remember, type Run } from "../../protocol/run.ts";
import { bindEip } from "./bind-eip.ts";
import { move } from "./move.ts";
import { instanceOf, interfaceWith } from "./network-interface.ts";
import type { InterfaceObservation } from "./observe.ts";

type KeyOfDecisions = "advertInt" | "allowForeign" | "mechanism" | "peerPriority" | "priority" | "settleMs";
type KeyOfHandOvers = "peerIp" | "vpcId";

/** Decides about what was seen, and does that. */
export async function act(
  run: Run<KeyOfDecisions | KeyOfHandOvers>,
  seen: InterfaceObservation,
): Promise<Verdict | undefined> {
  const { host, outcome, settings } = run;
  const { memory, step } = decideForRun(run, seen);
  if (step !== "take") remember(run, memory);
  switch (step === "idle" ? goOn(run, seen) : step) {
    case "keep":
      return outcome.holderBefore === "mine" ? "holds" : "moved";
    case "bind EIP":
      return bindEip(run, seen);
    case "take": {
      // Not for each change of a keepalived that flaps. The time of the look-ups counts.
      const unsettled = run.since + settings.settleMs - host.clock();
      if (unsettled > 0) return pause(run, "MASTER too new", Math.min(unsettled, 100));
      remember(run, memory);
      return move(run, seen, seen.ownId);
    }
    case "hand over":
    case "assign to peer":
      return handOver(run, seen);
    case "look again":
      return waitForTask(run);
    case "idle":
      return run.hasHandedOver && seen.holder === "peer" ? "handed" : "idle";
    case "leave":
    case "refuse":
      // Its own call or task has failed, which says nothing of the peer: there is nothing to wait for.
      if (run.dueAt && run.task?.seen === "there") return move(run, seen, seen.ownId);
      outcome.message = `${seen.holderId} has ${run.address.vip}`;
      return step === "leave" ? "left" : "refused";
  }
}

/**
 * Goes on with what the run has begun for its peer where that takes two calls: an address that could not be migrated was
 * taken off its interface to be assigned, and an EIP that had stayed behind was unbound to be bound.
 */
function goOn({ eipAskedAt, hasHandedOver }: Run, { hasEip, holder }: InterfaceObservation): AddressStep {
  if (hasHandedOver && holder === "none") return "assign to peer";
  return eipAskedAt && holder === "peer" && !hasEip ? "bind EIP" : "idle";
}

/** The first and the longest pause between two looks at a task that this run has begun, in ms. */
const FIRST_LOOK_MS = 10;
const LAST_LOOK_MS = 100;

/** Waits for the end of a task. A node that is not MASTER and has not begun it sees the result in its next run. */
function waitForTask(run: Run): Promise<undefined> | Verdict {
  if (run.vrrp !== "MASTER" && !run.hasHandedOver) return "idle";
  const { begunAt = -Infinity } = run.task || {};
  const ms = Math.min(LAST_LOOK_MS, Math.max(FIRST_LOOK_MS, run.host.clock() - begunAt));
  return pause(run, `${run.address.vip} is moving`, ms);
}

/** Moves the address to the peer, which seems to be MASTER but cannot take it, or does not know that it should. */
async function handOver(
  run: Run<KeyOfDecisions | KeyOfHandOvers>,
  seen: InterfaceObservation,
): Promise<Verdict | undefined> {
  const to = await interfaceWith(run, run.settings.peerIp);
  if (!to || !instanceOf(to)) return "idle";
  const verdict = await move(run, seen, to.NetworkInterfaceId);
  run.hasHandedOver = !verdict;
  return verdict;
}
