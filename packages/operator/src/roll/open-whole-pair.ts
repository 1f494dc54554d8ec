import { openPair, type PairInvocation } from "../pair/open-pair.ts";
import type { Reach } from "../pair/observe.ts";
import { configurationOf } from "../plan/plan.ts";
import type { PlanJson } from "../plan/plan-json.ts";
import type { Terminal } from "../cli/terminal.ts";
import { MissingNodeError } from "../stack/deployed-pair.ts";
import { targetsOf } from "./planned-changes.ts";
import { apply, makePlan, type TerraformOptions } from "./terraform.ts";

/**
 * Finds the pair of the stack. Where Terraform was ended after it had removed a node, and before it had made it anew, the
 * node is made first: nothing else is touched.
 *
 * @throws OperatorError where there is no pair; `stopped` where the node cannot be made
 */
export async function openWholePair(
  invocation: PairInvocation & { readonly terminal: Pick<Terminal, "progress"> },
  terraform: TerraformOptions,
): Promise<Reach> {
  try {
    return await openPair(invocation);
  } catch (error) {
    if (!(error instanceof MissingNodeError)) throw error;
    // Waits for a Terraform that goes on by itself: then nothing is missing any more.
    const plan = await makePlan(terraform);
    const missing = createdAt(plan, error.privateIp);
    if (missing !== undefined) {
      invocation.terminal.progress(
        `the node with the address ${error.privateIp} was removed and not made anew: creating it, no traffic moves`,
      );
      const targets = targetsOf(missing, configurationOf(plan));
      await apply(
        terraform,
        targets.map((target) => `-target=${target}`),
      );
    }
    return openPair(invocation);
  }
}

/** The address of an instance that a plan creates with a private address. */
function createdAt({ resource_changes: changes }: PlanJson, privateIp: string): string | undefined {
  return changes.find(
    ({ type, change }) =>
      type === "tencentcloud_instance" &&
      change.actions.join() === "create" &&
      change.after?.["private_ip"] === privateIp,
  )?.address;
}
