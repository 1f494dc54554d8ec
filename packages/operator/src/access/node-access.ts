import type { DeployedNode } from "../stack/deployed-pair.ts";

/** What a script on a node came to. */
export interface NodeResult {
  readonly exitStatus: number;
  /** All that it wrote. */
  readonly output: string;
}

/** How a script is run. */
export interface RunOptions {
  /** For how many seconds it may run. @default 60 */
  readonly timeoutS?: number;
}

/** A way to the nodes. */
export interface NodeAccess {
  /** As the operator calls it, such as `TAT`. */
  readonly name: string;
  /**
   * Runs a script of `/bin/sh` on a node, as root.
   *
   * @throws UnreachableNodeError where it did not run to its end
   */
  readonly run: (node: DeployedNode, script: string, options?: RunOptions) => Promise<NodeResult>;
}

/** For how long a script may run where nothing else is said, in seconds. */
export const DEFAULT_TIMEOUT_S = 60;

/** A node could not be reached, or a script on it did not come to its end. */
export class UnreachableNodeError extends Error {
  override readonly name = "UnreachableNodeError";

  /** @param reason what failed, with what to do */
  constructor(
    readonly node: DeployedNode,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${node.role} (${node.instanceId}): ${reason}`, options);
  }
}
