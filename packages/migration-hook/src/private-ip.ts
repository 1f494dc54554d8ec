import { handOverMs } from "./contract/index.ts";
import { decide } from "./decide.ts";
import { instanceOf, interfaceWith, type Observation } from "./observe.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./receipt.ts";
import { pause, remember, requireSame, type Run, write } from "./run.ts";
import { recall } from "./state.ts";

/** Does the one thing that the table says about what was seen. */
export async function settlePrivateIp(run: Run, seen: Observation): Promise<Verdict | undefined> {
  const { eipId, host, memory, outcome, settleMs, vip } = run;
  const wish = recall(host, "wish");
  const term = /^MASTER/.test(wish) ? wish : "MASTER";
  const handed = memory === "handed";
  const decision = decide({ ...seen, master: run.master, promoted: !memory.startsWith(term), handed }, run);
  switch (decision) {
    case "hand":
      return handOver(run, seen);
    case "wait":
      return pause(run, `${vip} is still moving`);
    case "take": {
      // The look-ups count: a keepalived that flaps is not chased.
      const unsettled = run.since + settleMs - host.clock();
      if (unsettled > 0) return pause(run, "flapping", Math.min(unsettled, 100));
      await move(run, seen, seen.ownId);
      // Once per promotion: where the peer takes it back, both are MASTER, and the higher priority decides.
      return remember(run, term);
    }
    case "keep":
      remember(run, term);
      if (eipId && seen.eipId !== eipId) return bindEip(run, seen.ownId, eipId);
      return outcome.holderBefore === "mine" ? "holds" : "moved";
    case "idle":
      if (seen.holder === "mine") return decision;
      if (!handed) return forget(run);
      return outcome.holderBefore === "mine" ? "handed" : decision;
    default:
      outcome.message = `${seen.holderId} has ${vip}`;
      return decision;
  }
}

/** Forgets what was only true of a MASTER, or while the address was here; what was handed over stays so. */
export function forget(run: Run): Verdict {
  if (run.memory !== "handed") remember(run, "");
  return "idle";
}

/** Gives the address to a peer that is MASTER, as it seems, and does not know that it lacks it. */
async function handOver(run: Run, seen: Observation): Promise<Verdict | undefined> {
  const { deadline, host, memory, peerIp } = run;
  const since = +memory || host.clock();
  remember(run, `${since}`);
  const due = since + handOverMs(run);
  // The next run goes on from there.
  if (due > deadline) return "idle";
  if (host.clock() < due) return pause(run, "", 500);
  const to = await interfaceWith(run, peerIp);
  if (!to || !instanceOf(to)) return "idle";
  await move(run, seen, to["NetworkInterfaceId"]);
  return remember(run, "handed");
}

/** Has the cloud move the address to a network interface of the pair, and waits for that. */
async function move(run: Run, { holder, holderId }: Observation, to: string): Promise<void> {
  const { deadline, host, vip } = run;
  const { RequestId } =
    holder === "none"
      ? await write(run, "AssignPrivateIpAddresses", {
          NetworkInterfaceId: to,
          PrivateIpAddresses: [{ PrivateIpAddress: vip }],
        })
      : await write(run, "MigratePrivateIpAddress", {
          SourceNetworkInterfaceId: holderId,
          DestinationNetworkInterfaceId: to,
          PrivateIpAddress: vip,
        });
  // The task of a move goes by the RequestId of the call that began it.
  for (let ms = 10; ; ms = Math.min(ms * 2, 100)) {
    const { Status } = await run.call("DescribeVpcTaskResult", { TaskId: RequestId });
    if (Status === "SUCCESS") return;
    if (Status !== "RUNNING" || host.clock() >= deadline) throw problem("Task", `the task of the move is ${Status}`);
    await pause(run, "", ms);
    requireSame(run);
  }
}

/**
 * The EIP follows a migrated address by itself, if late; where it did not, it is bound again. Where it is bound already,
 * here or elsewhere, the cloud refuses that.
 */
async function bindEip(run: Run, ownId: string, eip: string): Promise<undefined> {
  await write(run, "AssociateAddress", { AddressId: eip, NetworkInterfaceId: ownId, PrivateIpAddress: run.vip });
  return pause(run, `${eip} is not here yet`);
}
