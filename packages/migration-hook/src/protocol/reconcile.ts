import { confirmHaVip } from "../mechanisms/ha-vip/act.ts";
import { observeHaVip } from "../mechanisms/ha-vip/observe.ts";
import type { Host } from "../node/host.ts";
import { observe } from "../mechanisms/secondary-private-ip/observe.ts";
import { forget, settlePrivateIp } from "../mechanisms/secondary-private-ip/act.ts";
import { passes, type Problem } from "../cloud/problem.ts";
import type { Outcome, Verdict } from "../cli/receipt.ts";
import { begin, look, pause, type Purpose, type Run } from "./run.ts";
import type { Settings } from "../settings.ts";
import { recall } from "../node/files.ts";

/**
 * Makes the cloud agree with VRRP about one address, as far as that is this node's business. It looks, does one thing
 * about what it sees, and looks again: after an error that passes, and after a call whose fate is not known, too.
 *
 * @returns what it found and did; also what went wrong is in it, and not thrown
 */
export async function reconcile(host: Host, settings: Settings, purpose: Purpose): Promise<Outcome> {
  const run = begin(host, settings, purpose);
  const { deadline, outcome } = run;
  // The VIP is on the interface a moment after keepalived notifies.
  const patience = /^MASTER/.test(recall(host, "wish")) ? run.since + 1000 : 0;
  for (let errors = 0; host.clock() < deadline;) {
    outcome.message = undefined;
    try {
      const isBackup = look(run);
      if (!run.master && host.clock() < patience) await pause(run, "", 20);
      else {
        const verdict = await step(run, isBackup);
        if (verdict) {
          outcome.verdict = verdict;
          break;
        }
      }
    } catch (error) {
      const { code, message } = error as Problem;
      outcome.message = code ? message : `malformed: ${message}`;
      // What was seen before may not be so any more.
      if (code !== "Settings") outcome.holderAfter = "unknown";
      if (!passes(error as Problem)) break;
      // The jitter keeps the nodes from asking in step.
      await pause(run, outcome.message, 2 ** Math.min(errors, 5) * (25 + 25 * host.random()));
      errors += 1;
    }
  }
  return outcome;
}

/** One look at the cloud, and what to do about it. */
async function step(run: Run, isBackup: boolean): Promise<Verdict | undefined> {
  const { master, mechanism, outcome, purpose, roleName } = run;
  const isHaVip = mechanism === "havip";
  if (purpose !== "look" && !master && (isHaVip || !isBackup)) return forget(run);
  if (!roleName) {
    outcome.message = "no role";
    return "unverified";
  }
  const seen = await (isHaVip ? observeHaVip : observe)(run);
  outcome.eip = seen.eipId;
  outcome.holderAfter = seen.holder;
  outcome.holderBefore = outcome.holderBefore || seen.holder;
  if (purpose === "look") {
    // The other one that changes nothing, too: a refusal shows that the policy does not allow it.
    if (!isHaVip) {
      await run.call("DescribeVpcTaskResult", { TaskId: "1" }).catch((error) => {
        if (/Unauth/.test(error.code)) throw error;
      });
    }
    return "idle";
  }
  return (isHaVip ? confirmHaVip : settlePrivateIp)(run, seen);
}
