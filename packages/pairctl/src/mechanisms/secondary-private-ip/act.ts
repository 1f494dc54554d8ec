import { handOverMs, isStronger } from "../../contract/index.ts";
import { decide, type Facts, fulfilled, handedOver } from "../../protocol/decide.ts";
import type { Verdict } from "../../protocol/outcome.ts";
import { pause, remember, type Run, write } from "../../protocol/run.ts";
import { promotionOf } from "../../protocol/vrrp.ts";
import { move } from "./move.ts";
import { instanceOf, interfaceWith } from "./network-interface.ts";
import type { InterfaceObservation } from "./observe.ts";

/** The time between two observations of a BACKUP that waits to hand the address over, in ms. */
const HAND_OVER_LOOK_MS = 500;

type KeyOfDecisions = "advertInt" | "allowForeign" | "handOverMs" | "peerPriority" | "priority" | "settleMs";
type KeyOfHandOvers = "peerIp" | "vpcId";

/** Takes the step that the table gives for the observation. */
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
      // The time of the look-ups counts. A keepalived that flaps gets no address.
      const unsettled = run.since + settings.settleMs - host.clock();
      if (unsettled > 0) return pause(run, "MASTER too shortly", Math.min(unsettled, 100));
      remember(run, decision.memory);
      const fate = await move(run, seen, seen.ownId);
      if (fate === "planned") return fate;
      // Once per promotion: if the peer takes it back, both are MASTER, and the stronger one keeps it.
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

/** The address is here: binds its EIP if that is missing. */
async function keep(run: Run, seen: InterfaceObservation): Promise<Verdict | undefined> {
  const { eipId, vip } = run.address;
  if (eipId === undefined || seen.eip === eipId) return run.outcome.holderBefore === "mine" ? "holds" : "moved";
  // The EIP follows a migrated address by itself, but late; if it did not, it is bound again. The cloud refuses that if
  // it is bound already, here or elsewhere.
  const asked = await write(run, "AssociateAddress", {
    AddressId: eipId,
    NetworkInterfaceId: seen.ownId,
    PrivateIpAddress: vip,
  });
  return asked ? pause(run, `${eipId} is not here yet`) : "planned";
}

/** Gives the address to the peer, which seems to be MASTER and has not taken it. */
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
