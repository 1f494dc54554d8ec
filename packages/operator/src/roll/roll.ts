import { OperatorError } from "../operator-error.ts";
import { observe, type Reach } from "../pair/observe.ts";
import { holderOf, type NodeView, type PairView, peerOf } from "../pair/pair-view.ts";
import { requireFitPair, requireServing, undrainNode } from "../pair/steps.ts";
import { requireUninterrupted, type WaitContext } from "../pair/wait-until.ts";
import { type ChangeContext, changeNode, handOver, waitUntilSetUp } from "./change-node.ts";
import { type NodeChange, plannedChanges, type PlannedChanges } from "./planned-changes.ts";
import { makePlan } from "./terraform.ts";

/** What a roll works with. */
export interface RollContext extends ChangeContext {
  /** Whether nodes may give way to new instances, without what is on their disks. */
  readonly mayReplace: boolean;
}

/** What a roll has come to. */
export interface RollResult {
  /** What is planned beside the nodes, and was left alone. */
  readonly others: PlannedChanges["others"];
  /** The pair, as it was seen last. */
  readonly view: PairView;
}

/**
 * Takes what is to be done with the nodes through the pair, one node at a time, the standby first. Where it is, it finds
 * from the world alone each time: what a node does not have yet, who serves, who is drained, who is not set up. So it may
 * be killed at any moment, and goes on where it is run again.
 *
 * @throws OperatorError `refused`, `stopped` at the first thing that is not as it must be
 */
export async function roll(context: RollContext): Promise<RollResult> {
  const applied = new Set<string>();
  for (;;) {
    requireUninterrupted(context.interruption, "between two steps");
    const { nodes: changes, others } = await planOf(context, await context.reopen());
    requireMayReplace(changes, context.mayReplace);
    // The plan has waited for another Terraform to end, which may have made a node anew.
    const reach = await context.reopen();
    await context.lock.renew(reach);
    const view = await observe(reach);
    const step = nextStep(view, changes);
    if (step.kind === "done") return { others, view };
    await takeStep(step, { ...context, reach }, context, applied);
  }
}

/** @throws OperatorError `refused` where more than the nodes would be made anew */
export async function planOf({ terraform }: Pick<RollContext, "terraform">, { pair }: Reach): Promise<PlannedChanges> {
  const changes = plannedChanges(await makePlan(terraform), pair);
  const removed = changes.others.filter(({ isRemoved }) => isRemoved).map(({ address }) => address);
  if (removed.length === 0) return changes;
  throw new OperatorError(
    "refused",
    `more than the nodes would be removed or replaced, ${removed.join(", ")}: 'pair plan' says what that does`,
  );
}

/** @throws OperatorError `refused` where a node would be replaced, and may not */
export function requireMayReplace(changes: readonly NodeChange[], mayReplace: boolean): void {
  const replaced = changes.filter(({ way }) => way === "replaced");
  if (mayReplace || replaced.length === 0) return;
  const told = replaced.map(({ node, what }) => `${node.role}: ${what}`).join("; ");
  throw new OperatorError(
    "refused",
    `only a new instance gets it (${told}), and what is on the disks of the old one is lost: 'pair roll --replace' if that may be`,
  );
}

/** What comes next. */
type RollStep =
  | { readonly kind: "done" }
  /** The standby is not up, though it has all: a roll was killed while it waited. */
  | { readonly kind: "await"; readonly node: NodeView }
  /** A node is drained that has nothing to come: it goes back into the pair. */
  | { readonly kind: "undrain"; readonly node: NodeView }
  /** A node is changed that does not serve, or is not disturbed. */
  | { readonly kind: "change"; readonly node: NodeView; readonly change: NodeChange }
  /** The node that serves hands over, since its change is next. */
  | { readonly kind: "hand over"; readonly node: NodeView; readonly change: NodeChange };

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
  if (changes.length === 0) {
    const holder = holderOf(view);
    const waiting = holder === undefined ? undefined : peerOf(view, holder);
    return waiting !== undefined && isComing(waiting) ? { kind: "await", node: waiting } : { kind: "done" };
  }
  const serving = requireServing(view);
  const standby = peerOf(view, serving);
  const standbyChange = changeOf(standby);
  if (standbyChange !== undefined) return { kind: "change", node: standby, change: standbyChange };
  requireFitPair(view);
  const change = changeOf(serving);
  if (change === undefined) return { kind: "done" };
  return change.way === "undisturbed"
    ? { kind: "change", node: serving, change }
    : { kind: "hand over", node: serving, change };
}

/** Whether a node starts, or sets itself up. */
function isComing({ instance, report }: NodeView): boolean {
  return instance.state !== "GONE" && !report?.isSetUp;
}

async function takeStep(
  step: Exclude<RollStep, { kind: "done" }>,
  context: WaitContext,
  roll: ChangeContext,
  applied: Set<string>,
): Promise<void> {
  const { role } = step.node.node;
  if (step.kind === "await") return waitUntilSetUp(context, step.node);
  if (step.kind === "undrain") {
    context.terminal.progress(`bringing the ${role} back into the pair: no traffic moves`);
    await undrainNode(context, step.node);
  } else if (step.kind === "hand over") {
    await handOver(context, step.node, step.change, roll);
  } else {
    if (applied.has(role)) {
      throw new OperatorError(
        "stopped",
        `the ${role} was changed, and still lacks what the stack says (${step.change.what}): see 'pair plan'`,
      );
    }
    applied.add(role);
    await changeNode(step.change, roll);
  }
}
