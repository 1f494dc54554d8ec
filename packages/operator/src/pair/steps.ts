import { ROLLING_MARK } from "../node/report.ts";
import { runOn } from "../node/run-on.ts";
import { OperatorError } from "../operator-error.ts";
import {
  disagreementOf,
  holderOf,
  inabilityOf,
  isOutdated,
  isServing,
  type NodeView,
  ownInabilityOf,
  type PairView,
  peerOf,
} from "./pair-view.ts";
import { waitUntil, type WaitContext } from "./wait-until.ts";

/** How long a peer may take to take over, in seconds: an election, and the cloud's task. */
const TAKEOVER_S = 90;

/** How long a node may take until it is a standby that is able: keepalived's start, an election, and a first look. */
const STANDBY_S = 120;

/**
 * A node that serves, with a peer that could take over: what every step needs that takes a node out.
 *
 * @throws OperatorError `refused` where nobody serves, or the standby is not able
 */
export function requireFitPair(view: PairView): { readonly serving: NodeView; readonly standby: NodeView } {
  const serving = requireServing(view);
  const standby = peerOf(view, serving);
  requireAble(standby);
  return { serving, standby };
}

/** @throws OperatorError `refused` where a standby could not take over */
function requireAble(standby: NodeView, missing = inabilityOf): void {
  const inability = missing(standby);
  if (inability === undefined) return;
  throw new OperatorError(
    "refused",
    `the ${standby.node.role}, which is the standby, could not take over: ${inability}. See 'pair doctor ${standby.node.role}'`,
  );
}

/**
 * The same for what both nodes can be told while they go on as they are. While one of them is told something else than the
 * stack says, a node may miss what it, or the other one, is to be told: then it has to be well in itself only.
 *
 * @throws OperatorError `refused` as {@link requireFitPair} does
 */
export function requirePairInPlace(view: PairView): { readonly serving: NodeView; readonly standby: NodeView } {
  const holder = holderOf(view);
  const isMaster = holder?.report?.vrrp === "MASTER";
  const serving = holder !== undefined && isMaster && isOutdated(holder) ? holder : requireServing(view);
  const standby = peerOf(view, serving);
  requireAble(standby, view.nodes.some(isOutdated) ? ownInabilityOf : inabilityOf);
  return { serving, standby };
}

/** @throws OperatorError `refused` where no node serves */
export function requireServing(view: PairView): NodeView {
  const holder = holderOf(view);
  if (holder === undefined) throw new OperatorError("refused", "neither node has the address: see 'pair status'");
  if (!isServing(holder)) {
    const state = holder.report?.vrrp ?? holder.unreachable ?? "unknown";
    throw new OperatorError(
      "refused",
      `the ${holder.node.role} has the address and does not serve (${state}): see 'pair status'`,
    );
  }
  return holder;
}

/**
 * Stops keepalived on a node, for good; where it serves, its peer takes over. Waits until the peer serves.
 *
 * @param isForRoll marks the node, so that a roll that is run again knows its own
 */
export async function drainNode(context: WaitContext, { node }: NodeView, isForRoll = false): Promise<PairView> {
  const { reach } = context;
  const mark = isForRoll ? `touch ${ROLLING_MARK} && ` : "";
  await runOn(reach.access, node, "'pairctl drain'", `${mark}pairctl drain`);
  return waitUntil(context, {
    what: "its peer serves",
    limitS: TAKEOVER_S,
    missing: (view) => {
      const peer = view.nodes.find((each) => each.node.role !== node.role);
      if (peer === undefined || holderOf(view) !== peer) return "the address is not there yet";
      return isServing(peer) ? undefined : `the ${peer.node.role} is ${peer.report?.vrrp ?? "not reached"}`;
    },
  });
}

/** Starts keepalived on a drained node again, and waits until it is a standby that could take over, or serves. */
export async function undrainNode(context: WaitContext, { node }: NodeView): Promise<PairView> {
  await enableKeepalived(context, node);
  return waitUntilFit(context, node.role);
}

/** Starts keepalived on a node again, and takes the mark of a roll away. */
export async function enableKeepalived({ reach }: WaitContext, node: NodeView["node"]): Promise<void> {
  await runOn(reach.access, node, "'pairctl undrain'", `pairctl undrain && rm -f ${ROLLING_MARK}`);
}

/** Waits until a node serves or could take over. */
export function waitUntilFit(
  context: WaitContext,
  role: NodeView["node"]["role"],
  limitS = STANDBY_S,
  missing = inabilityOf,
): Promise<PairView> {
  return waitUntil(context, {
    what: `the ${role} serves or could take over`,
    limitS,
    missing: (view) => {
      const seen = view.nodes.find((each) => each.node.role === role);
      if (seen === undefined) return "it is not of the pair";
      return seen.report?.vrrp === "MASTER" ? disagreementOf(seen) : missing(seen);
    },
  });
}

/** Waits until a node is well in itself, whatever the other one is to be told still. */
export const waitUntilWell = (context: WaitContext, role: NodeView["node"]["role"]): Promise<PairView> =>
  waitUntilFit(context, role, STANDBY_S, ownInabilityOf);
