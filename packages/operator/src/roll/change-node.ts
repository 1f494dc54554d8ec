import type { PairLock } from "../pair/lock.ts";
import type { Reach } from "../pair/observe.ts";
import { inabilityOf, isServing, type NodeView, type PairView } from "../pair/pair-view.ts";
import { drainNode, enableKeepalived, waitUntilFit } from "../pair/steps.ts";
import { waitUntil, type WaitContext } from "../pair/wait-until.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";
import { carryOut, requirePossible } from "./carry-out.ts";
import type { NodeChange } from "./planned-changes.ts";
import type { TerraformOptions } from "./terraform.ts";

/** How long a node may take until it can be asked again, and to set itself up where it is new, in seconds. */
const BOOT_S = 900;

/** What a node is changed with. */
export interface ChangeContext extends Omit<WaitContext, "reach"> {
  readonly terraform: TerraformOptions;
  /** Finds the pair anew: a replaced node has another instance. */
  readonly reopen: () => Promise<Reach>;
  readonly lock: PairLock;
}

/** Lets the node that serves hand over to its peer, once it is known that it can be changed. */
export async function handOver(
  context: WaitContext,
  view: NodeView,
  change: NodeChange,
  { terraform }: Pick<ChangeContext, "terraform">,
): Promise<void> {
  await requirePossible(terraform, change);
  context.terminal.progress(
    `the ${view.node.role} hands over to its peer: traffic has the outage of a graceful switch`,
  );
  await drainNode(context, view, true);
}

/** What a change does to a node, for the operator. */
export const WAYS: Readonly<Record<NodeChange["way"], string>> = {
  undisturbed: "does not disturb it",
  restarted: "stops and starts it; its disks stay",
  replaced: "a new instance takes its place; what is on its disks is lost",
  created: "it is not there",
};

/** Changes a node that does not serve, or is not disturbed, and waits until it is well again. */
export async function changeNode(change: NodeChange, context: ChangeContext): Promise<PairView> {
  const { terminal, terraform, reopen, lock } = context;
  const { node, what, way } = change;
  const effect = way === "undisturbed" ? "" : ", the pair has no standby meanwhile";
  terminal.progress(`changing the ${node.role} (${what}; ${WAYS[way]}): no traffic moves${effect}`);
  await carryOut(terraform, change);
  // It may be another instance now.
  const reach = await reopen();
  await lock.renew(reach);
  return waitUntilBack({ ...context, reach }, node);
}

/** Waits until a node that was changed could take over again, or serves; starts its instance and keepalived where need be. */
async function waitUntilBack(context: WaitContext, { role }: DeployedNode): Promise<PairView> {
  const node = await untilSetUp(context, role);
  // Drained before its change, or by the change itself: the mark of a drained node outlives a restart.
  await enableKeepalived(context, node);
  return waitUntilFit(context, role, BOOT_S);
}

/** Waits for a node that starts, or sets itself up; who has drained it decides when it comes back. */
export async function waitUntilSetUp(context: WaitContext, { node: { role } }: NodeView): Promise<void> {
  context.terminal.progress(`the ${role} is as planned, and not up yet: no traffic moves`);
  await untilSetUp(context, role);
  await waitUntil(context, {
    what: `the ${role} could take over`,
    limitS: BOOT_S,
    missing: (view) => {
      const seen = view.nodes.find(({ node }) => node.role === role);
      return seen === undefined || seen.report?.isDrained || isServing(seen) ? undefined : inabilityOf(seen);
    },
  });
}

/** Starts the instance where Terraform was ended between stopping it and starting it. */
async function untilSetUp(context: WaitContext, role: DeployedNode["role"]): Promise<DeployedNode> {
  const { reach, terminal } = context;
  let isStarted = false;
  const { nodes } = await waitUntil(context, {
    what: `the ${role} can be asked again`,
    limitS: BOOT_S,
    missing: (view) => {
      const seen = view.nodes.find((each) => each.node.role === role);
      if (seen?.instance.state === "STOPPED" && !isStarted) {
        isStarted = true;
        terminal.progress(`starting the ${role}'s instance`);
        void reach.cloud
          .call("cvm", "StartInstances", { InstanceIds: [seen.instance.instanceId] })
          .catch(() => undefined);
      }
      return seen?.report?.isSetUp ? undefined : (seen?.unreachable ?? "it is not set up yet");
    },
  });
  return nodes[role === "primary" ? 0 : 1].node;
}
