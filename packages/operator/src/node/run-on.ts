import type { NodeAccess, RunOptions } from "../access/node-access.ts";
import { OperatorError } from "../operator-error.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";

/** Where the programs of a node are: a script that comes from outside has any PATH. */
export const NODE_PATH_LINE = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Runs a script on a node that has to succeed there.
 *
 * @param what it does, for the error
 * @returns what it wrote
 * @throws OperatorError where it fails there, with the end of what it wrote
 * @throws UnreachableNodeError
 */
export async function runOn(
  access: NodeAccess,
  node: DeployedNode,
  what: string,
  script: string,
  options?: RunOptions,
): Promise<string> {
  const { exitStatus, output } = await access.run(node, `${NODE_PATH_LINE}\n${script}\n`, options);
  if (exitStatus === 0) return output;
  const end = output.trim().split("\n").slice(-5).join("\n");
  throw new OperatorError("stopped", `${node.role}: ${what} failed with status ${exitStatus}: ${end}`);
}
