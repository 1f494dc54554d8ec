import type { Verdict } from "../../protocol/outcome.ts";
import { decide, pause, remember, type Run, write } from "../../protocol/run.ts";
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
  const { memory, step } = decide(run, seen);
  if (step !== "take") remember(run, memory);
  switch (step) {
    case "keep":
      return outcome.holderBefore === "mine" ? "holds" : "moved";
    case "bind EIP":
      return bindEip(run, seen);
    case "take": {
      // Not for each change of a keepalived that flaps. The time of the look-ups counts.
      const unsettled = run.since + settings.settleMs - host.clock();
      if (unsettled > 0) return pause(run, "MASTER too shortly", Math.min(unsettled, 100));
      remember(run, memory);
      return (await move(run, seen, seen.ownId)) === "planned" ? "planned" : undefined;
    }
    case "hand over":
    case "assign to peer":
      return handOver(run, seen);
    case "look again":
      // Only a MASTER has to wait for the task; another node sees the result in its next run.
      return run.vrrp === "MASTER" ? pause(run, `${run.address.vip} is still moving`) : "idle";
    case "idle":
      return run.hasHandedOver && seen.holder === "peer" ? "handed" : "idle";
    case "leave":
    case "refuse":
      outcome.message = `${seen.holderId} has ${run.address.vip}`;
      return step === "leave" ? "left" : "refused";
  }
}

/**
 * Binds the EIP to the address. It follows a migrated address by itself, sometimes late; where it did not, it is bound
 * again. Where it is already bound, here or elsewhere, the cloud refuses that.
 */
async function bindEip(run: Run, { holderId }: InterfaceObservation): Promise<Verdict | undefined> {
  const { eipId, vip } = run.address;
  const asked = await write(run, "AssociateAddress", {
    AddressId: eipId,
    NetworkInterfaceId: holderId,
    PrivateIpAddress: vip,
  });
  return asked ? pause(run, `${eipId} is not here yet`) : "planned";
}

/** Moves the address to the peer, which seems to be MASTER but cannot take it, or does not know that it should. */
async function handOver(
  run: Run<KeyOfDecisions | KeyOfHandOvers>,
  seen: InterfaceObservation,
): Promise<Verdict | undefined> {
  const to = await interfaceWith(run, run.settings.peerIp);
  if (!to || !instanceOf(to)) return "idle";
  const fate = await move(run, seen, to.NetworkInterfaceId);
  if (fate === "planned") return fate;
  if (fate === "moved") run.hasHandedOver = true;
  return undefined;
}
