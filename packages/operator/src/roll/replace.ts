import type { NodeRole } from "pairctl/contract";
import { OperatorError } from "../operator-error.ts";
import { observe } from "../pair/observe.ts";
import { holderOf, type PairView, peerOf } from "../pair/pair-view.ts";
import { requireFitPair, requireServing } from "../pair/steps.ts";
import { type ChangeContext, changeNode, handOver } from "./change-node.ts";
import { requirePossible } from "./carry-out.ts";
import { replacementOf } from "./planned-changes.ts";
import { makePlan } from "./terraform.ts";

/**
 * Makes a node anew, whether it is there or not, and waits until it is set up and able. Where it serves, its peer takes over
 * first; the node that serves is never touched.
 *
 * @throws OperatorError `refused` where the other node does not serve, and could not
 */
export async function replaceNode(role: NodeRole, context: ChangeContext): Promise<PairView> {
  const reach = await context.reopen();
  const view = await observe(reach);
  const target = view.nodes[role === "primary" ? 0 : 1];
  const isHandingOver = holderOf(view) === target;
  if (isHandingOver) requireFitPair(view);
  else requirePeerServes(view, role);
  const change = replacementOf(target.node, await makePlan(context.terraform));
  await requirePossible(context.terraform, change);
  if (isHandingOver) await handOver({ ...context, reach }, target, change, context);
  return changeNode(change, context);
}

function requirePeerServes(view: PairView, role: NodeRole): void {
  const serving = requireServing(view);
  if (serving.node.role !== role) return;
  throw new OperatorError("refused", `the ${peerOf(view, serving).node.role} does not serve: see 'pair status'`);
}
