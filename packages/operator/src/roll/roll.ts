import { OperatorError } from "../operator-error.ts";
import type { PairLock } from "../pair/lock.ts";
import { observe, type Reach } from "../pair/observe.ts";
import { type NodeView, type PairView, peerOf } from "../pair/pair-view.ts";
import {
  drainNode,
  enableKeepalived,
  requireFitPair,
  requireServing,
  undrainNode,
  waitUntilFit,
} from "../pair/steps.ts";
import { requireUninterrupted, waitUntil, type WaitContext } from "../pair/wait-until.ts";
import { applyTo, planChanges, type TerraformOptions } from "./terraform.ts";
import { type NodeChange, plannedChanges, type PlannedChanges } from "./planned-changes.ts";

/** How long a node may take until it can be asked again, and to set itself up where it is new, in seconds. */
const BOOT_S = 900;

/** What a roll works with. */
export interface RollContext extends Omit<WaitContext, "reach"> {
  readonly terraform: TerraformOptions;
  /** Finds the pair anew: a replaced node has another instance. */
  readonly reopen: () => Promise<Reach>;
  readonly lock: PairLock;
}

/**
 * Takes what is planned for the nodes through the pair, one node at a time, the standby first. Where it is, it finds from
 * the world alone each time: what is still planned, who serves, who is drained. So it may be killed at any moment, and
 * goes on where it is run again.
 *
 * @returns what is planned beside the nodes, and was left alone
 * @throws OperatorError `refused`, `stopped` at the first thing that is not as it must be
 */
export async function roll(context: RollContext): Promise<PlannedChanges["others"]> {
  const applied = new Set<string>();
  for (;;) {
    requireUninterrupted(context.interruption, "between two steps");
    const reach = await context.reopen();
    await context.lock.renew(reach);
    const view = await observe(reach);
    const { nodes: changes, others } = await planOf(context, reach);
    const step = nextStep(view, changes);
    if (step.kind === "done") return others;
    await takeStep(step, { ...context, reach }, context, applied);
  }
}

/** @throws OperatorError `refused` where more than the nodes would be made anew */
export async function planOf({ terraform }: Pick<RollContext, "terraform">, { pair }: Reach): Promise<PlannedChanges> {
  const changes = plannedChanges(await planChanges(terraform), pair);
  const removed = changes.others.filter(({ isRemoved }) => isRemoved).map(({ address }) => address);
  if (removed.length === 0) return changes;
  throw new OperatorError(
    "refused",
    `more than the nodes would be removed or replaced, ${removed.join(", ")}: 'pair plan' says what that does`,
  );
}

/** What comes next. */
type RollStep =
  | { readonly kind: "done" }
  /** A node is drained that has nothing to come: it goes back into the pair. */
  | { readonly kind: "undrain"; readonly node: NodeView }
  /** A node is changed that does not serve, or is not disturbed. */
  | { readonly kind: "change"; readonly node: NodeView; readonly change: NodeChange }
  /** The node that serves hands over, since its change is next. */
  | { readonly kind: "hand over"; readonly node: NodeView };

/**
 * Decides from what is seen. No node is touched whose peer does not serve.
 *
 * @throws OperatorError `refused` where something is not as it must be
 */
export function nextStep(view: PairView, changes: readonly NodeChange[]): RollStep {
  const changeOf = ({ node }: NodeView) => changes.find((each) => each.node.role === node.role);
  const isForgotten = (each: NodeView) => each.report?.isRolling === true && changeOf(each) === undefined;
  const byHand = view.nodes.find(({ report }) => report?.isDrained && !report.isRolling);
  if (byHand !== undefined && changes.length > 0) {
    const { role } = byHand.node;
    throw new OperatorError(
      "refused",
      `the ${role} was drained by somebody: 'pair undrain ${role}' brings it back first`,
    );
  }
  const forgotten = view.nodes.find(isForgotten);
  if (forgotten !== undefined) return { kind: "undrain", node: forgotten };
  if (changes.length === 0) return { kind: "done" };
  const serving = requireServing(view);
  const standby = peerOf(view, serving);
  const standbyChange = changeOf(standby);
  if (standbyChange !== undefined) return { kind: "change", node: standby, change: standbyChange };
  requireFitPair(view);
  const change = changeOf(serving);
  if (change === undefined) return { kind: "done" };
  return change.isQuiet ? { kind: "change", node: serving, change } : { kind: "hand over", node: serving };
}

async function takeStep(
  step: Exclude<RollStep, { kind: "done" }>,
  context: WaitContext,
  { terraform }: Pick<RollContext, "terraform">,
  applied: Set<string>,
): Promise<void> {
  const { terminal } = context;
  const { role } = step.node.node;
  if (step.kind === "undrain") {
    terminal.progress(`bringing the ${role} back into the pair: no traffic moves`);
    await undrainNode(context, step.node);
  } else if (step.kind === "hand over") {
    terminal.progress(`the ${role} hands over to its peer: traffic has the outage of a graceful switch`);
    await drainNode(context, step.node, true);
  } else {
    const { what, targets } = step.change;
    if (applied.has(role)) {
      throw new OperatorError(
        "stopped",
        `the ${role} was changed, and still has a change planned (${what}): see 'pair plan'`,
      );
    }
    applied.add(role);
    terminal.progress(`changing the ${role} (${what}): no traffic moves, the pair has no standby meanwhile`);
    await applyTo(terraform, targets);
    await waitUntilBack(context, step.node);
  }
}

/** Waits until a node that was changed could take over again, or serves; starts its instance and keepalived where need be. */
export async function waitUntilBack(context: WaitContext, { node }: NodeView): Promise<PairView> {
  const { reach, terminal } = context;
  let isStarted = false;
  await waitUntil(context, {
    what: `the ${node.role} can be asked again`,
    limitS: BOOT_S,
    missing: (view) => {
      const seen = view.nodes.find((each) => each.node.role === node.role);
      if (seen?.instance.state === "STOPPED" && !isStarted) {
        // Terraform was ended between stopping it and starting it.
        isStarted = true;
        terminal.progress(`starting the ${node.role}'s instance`);
        void reach.cloud
          .call("cvm", "StartInstances", { InstanceIds: [seen.instance.instanceId] })
          .catch(() => undefined);
      }
      return seen?.report?.isSetUp ? undefined : (seen?.unreachable ?? "it is not set up yet");
    },
  });
  // Drained before its change, or by the change itself: the mark of a drained node outlives a restart.
  await enableKeepalived(context, node);
  return waitUntilFit(context, node.role, BOOT_S);
}
