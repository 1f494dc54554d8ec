import { OperatorError } from "../operator-error.ts";
import type { PlanJson } from "../plan/plan-json.ts";
import { plannedResource } from "../plan/changes.ts";
import { type NodeChange, removedBy } from "./planned-changes.ts";
import { apply, makePlan, type TerraformOptions } from "./terraform.ts";
import { withUnignored } from "./unignored.ts";

/**
 * Carries out what is to be done with one node, together with what ties it to a HAVIP, and with nothing that they do not
 * need.
 *
 * @throws OperatorError as {@link requirePossible} does; `stopped` where it fails on the way
 */
export async function carryOut(terraform: TerraformOptions, change: NodeChange): Promise<void> {
  await withUnignored(terraform, change, async (options) => {
    await requirePlan(options, change);
    await apply(options, argumentsFor(change));
  });
  // The state has taken over what the copy let the provider do: the folder's own stack takes it back, which changes no node.
  if (change.unignored.length > 0) await apply(terraform, argumentsFor(change));
}

/**
 * Lets Terraform plan what is to be done with one node, so that what it refuses is refused while the node still serves.
 *
 * @throws OperatorError `refused` where Terraform refuses it, or more than the node would be taken away
 */
export function requirePossible(terraform: TerraformOptions, change: NodeChange): Promise<void> {
  return withUnignored(terraform, change, (options) => requirePlan(options, change));
}

async function requirePlan(options: TerraformOptions, change: NodeChange): Promise<void> {
  requireOnly(change, await makePlan(options, argumentsFor(change)));
}

function argumentsFor({ node, way, targets }: NodeChange): string[] {
  return [...(way === "replaced" ? [`-replace=${node.address}`] : []), ...targets.map((target) => `-target=${target}`)];
}

/** @throws OperatorError `refused` where the plan does more to the pair than was meant */
function requireOnly({ node, way, targets }: NodeChange, plan: PlanJson): void {
  const isReplacing = way === "replaced" || way === "created";
  const more = removedBy(plan).filter((address) => !isReplacing || !targets.includes(address));
  if (more.length > 0) {
    throw new OperatorError(
      "refused",
      `with the ${node.role} ${more.join(", ")} would be removed or replaced: 'pair plan' says what that does`,
    );
  }
  const own = plan.resource_changes.find(({ address }) => address === node.address);
  if (!isReplacing && own !== undefined && plannedResource(own).action === "create") {
    throw new OperatorError("refused", `Terraform does not know the ${node.role} that runs: see 'pair plan'`);
  }
}
