import { handOverMs, isStronger } from "../../contract/index.ts";
import { decide, type Facts, fulfilled, handedOver } from "../../protocol/decide.ts";
import type { Verdict } from "../../protocol/outcome.ts";
import { pause, remember, type Run, write } from "../../protocol/run.ts";
import { promotionOf } from "../../protocol/vrrp.ts";
import { move } from "./move.ts";
import { instanceOf, interfaceWith } from "./network-interface.ts";
import type { InterfaceObservation } from "./observe.ts";

/** Between two looks of a BACKUP that waits to hand the address over, in ms. */
const HAND_OVER_LOOK_MS = 500;

type KeyOfDecisions = "advertInt" | "allowForeign" | "handOverMs" | "peerPriority" | "priority" | "settleMs";
type KeyOfHandOvers = "peerIp" | "vpcId";

/** Does the one thing that the table says about what was seen. */
export async function act(
  run: Run<KeyOfDecisions | KeyOfHandOvers>,
  seen: InterfaceObservation,
): Promise<Verdict | undefined> {
  const { host, outcome, settings } = run;
  const facts: Facts = {
    vrrp: run.vrrp,
    holder: seen.holder,
    memory: run.memory,
    promotion: promotionOf(run.notification),
    isStronger: isStronger(settings),
    now: host.clock(),
  };
  const decision = decide(facts, { allowForeign: settings.allowForeign, handOverMs: handOverMs(settings) });
  if (decision.step !== "take") remember(run, decision.memory);
  switch (decision.step) {
    case "keep":
      return keep(run, seen);
    case "take": {
      // The look-ups count: a keepalived that flaps is not chased.
      const unsettled = run.since + settings.settleMs - host.clock();
      if (unsettled > 0) return pause(run, "MASTER too shortly", Math.min(unsettled, 100));
      remember(run, decision.memory);
      const fate = await move(run, seen, seen.ownId);
      if (fate === "planned") return fate;
      // Once per promotion: where the peer takes it back, both are MASTER, and the stronger one keeps it.
      if (fate === "moved") remember(run, fulfilled({ ...facts, memory: decision.memory }));
      return undefined;
    }
    case "hand over":
      return handOver(run, seen);
    case "wait":
      if (decision.until === undefined) return pause(run, `${run.address.vip} is still moving`);
      // The next run goes on from there.
      if (decision.until >= run.deadline) return "idle";
      return pause(run, undefined, Math.min(HAND_OVER_LOOK_MS, decision.until - host.clock()));
    case "idle":
      return run.hasHandedOver && seen.holder === "peer" ? "handed" : "idle";
    case "leave":
    case "refuse":
      outcome.message = `${seen.holderId} has ${run.address.vip}`;
      return decision.step === "leave" ? "left" : "refused";
  }
}

/** The address is here: sees to its EIP. */
async function keep(run: Run, seen: InterfaceObservation): Promise<Verdict | undefined> {
  const { eipId, vip } = run.address;
  if (eipId === undefined || seen.eip === eipId) return run.outcome.holderBefore === "mine" ? "holds" : "moved";
  // It follows a migrated address by itself, if late; where it did not, it is bound again. Where it is bound already,
  // here or elsewhere, the cloud refuses that.
  const asked = await write(run, "AssociateAddress", {
    AddressId: eipId,
    NetworkInterfaceId: seen.ownId,
    PrivateIpAddress: vip,
  });
  return asked ? pause(run, `${eipId} is not here yet`) : "planned";
}

/** Gives the address to a peer that is MASTER, as it seems, and does not know that it lacks it. */
async function handOver(
  run: Run<KeyOfDecisions | KeyOfHandOvers>,
  seen: InterfaceObservation,
): Promise<Verdict | undefined> {
  const to = await interfaceWith(run, run.settings.peerIp);
  if (!to || !instanceOf(to)) return "idle";
  const fate = await move(run, seen, to.NetworkInterfaceId);
  if (fate === "planned") return fate;
  if (fate === "moved") {
    remember(run, handedOver(run.memory));
    run.hasHandedOver = true;
  }
  return undefined;
}
