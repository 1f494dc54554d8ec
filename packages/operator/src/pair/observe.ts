import { type NodeAccess, UnreachableNodeError } from "../access/node-access.ts";
import type { PairCloud } from "../cloud/actions.ts";
import { type CloudInstance, viewCloud } from "../cloud/cloud-view.ts";
import { parseReport, reportScript } from "../node/report.ts";
import type { DeployedNode, DeployedPair } from "../stack/deployed-pair.ts";
import type { NodeView, PairView } from "./pair-view.ts";

/** What a pair is looked at, and changed, through. */
export interface Reach {
  readonly pair: DeployedPair;
  readonly cloud: PairCloud;
  readonly access: NodeAccess;
}

/**
 * Looks at a pair: asks the cloud and both nodes, all at once, and changes nothing. A node that cannot be reached is said
 * to be so; the cloud has to answer.
 *
 * @throws CloudError, OperatorError as `viewCloud` does
 */
export async function observe({ pair, cloud, access }: Reach): Promise<PairView> {
  const [primary, secondary] = pair.nodes;
  const [view, ofPrimary, ofSecondary] = await Promise.all([
    viewCloud(cloud, pair),
    ask(access, primary),
    ask(access, secondary),
  ]);
  const nodeView = (node: DeployedNode, instance: CloudInstance, answer: Answer): NodeView => ({
    ...{ node, instance },
    report: answer.report,
    unreachable: answer.unreachable,
  });
  const [first, second] = view.instances;
  return {
    pair,
    cloud: view,
    nodes: [nodeView(primary, first, ofPrimary), nodeView(secondary, second, ofSecondary)],
  };
}

type Answer = Pick<NodeView, "report" | "unreachable">;

async function ask(access: NodeAccess, node: DeployedNode): Promise<Answer> {
  try {
    const { output } = await access.run(node, reportScript(node.files));
    return { report: parseReport(output, node.files), unreachable: undefined };
  } catch (error) {
    if (!(error instanceof UnreachableNodeError)) throw error;
    return { report: undefined, unreachable: error.reason };
  }
}
