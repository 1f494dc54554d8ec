import { runScript, type ScriptResult } from "cloud-client";
import type { AcceptanceCloud } from "./cloud/actions.ts";

/** A node of the deployed pair. */
export interface PairNode {
  readonly role: "primary" | "secondary";
  readonly instanceId: string;
  /** Which is its instance's name as well. */
  readonly hostName: string;
}

/** The deployed pair, as the stack's outputs tell. */
export interface DeployedPair {
  readonly name: string;
  readonly vip: string;
  readonly publicIp: string;
  readonly nodes: readonly [PairNode, PairNode];
}

/** What a node's `pairctl status --json` says, as far as it is looked at. */
export interface NodeStatus {
  readonly vrrp: string;
  readonly holderAfter?: string;
  readonly agree: string;
  readonly eip?: string;
  readonly message?: string;
}

/** Reads the stack's outputs. @throws Error where one is not there */
export function deployedPair(name: string, outputs: Record<string, unknown>): DeployedPair {
  const text = (value: unknown, what: string): string => {
    if (typeof value === "string" && value !== "") return value;
    throw new Error(`the stack's output '${what}' must be a text, got ${JSON.stringify(value)}`);
  };
  const node = (role: PairNode["role"]): PairNode => {
    const { instanceId, instance_id: id = instanceId } = (outputs[role] ?? {}) as Record<string, unknown>;
    return { role, instanceId: text(id, role), hostName: `${name}-${role}` };
  };
  return {
    name,
    vip: text(outputs["vip"], "vip"),
    publicIp: text(outputs["public_ip"], "public_ip"),
    nodes: [node("primary"), node("secondary")],
  };
}

/** Runs scripts on the nodes of a pair. */
export class NodeAccess {
  constructor(
    private readonly api: AcceptanceCloud,
    private readonly interruption: AbortSignal,
  ) {}

  /**
   * Runs a script on a node, as root.
   *
   * @param timeoutS how long it may run
   * @throws CloudError, ScriptError where it has not run to its end
   */
  run({ instanceId }: PairNode, text: string, timeoutS = 60): Promise<ScriptResult> {
    const { api, interruption } = this;
    return runScript(api, { instanceId, text, timeoutS, commandName: "acceptance", interruption });
  }

  /** What a node says of itself; undefined: it says nothing, or cannot be reached. */
  async status(node: PairNode): Promise<NodeStatus | undefined> {
    try {
      const { output } = await this.run(node, "/usr/sbin/pairctl status --json; true", 30);
      return parseStatus(output);
    } catch {
      this.interruption.throwIfAborted();
      return undefined;
    }
  }
}

/** Reads what `pairctl status --json` writes; undefined where that is no status. */
export function parseStatus(output: string): NodeStatus | undefined {
  for (const line of output.split("\n")) {
    try {
      const status = JSON.parse(line) as NodeStatus;
      if (typeof status === "object" && typeof status?.vrrp === "string") return status;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The node that serves; undefined: the pair is not well, which takes one node that does and one that could. */
export function servingNode(pair: DeployedPair, statuses: readonly (NodeStatus | undefined)[]): PairNode | undefined {
  const serves = (status: NodeStatus | undefined) =>
    status?.vrrp === "MASTER" && status.holderAfter === "mine" && status.agree === "yes";
  const standsBy = (status: NodeStatus | undefined) =>
    status?.vrrp === "BACKUP" && status.holderAfter === "peer" && status.agree === "yes";
  return pair.nodes.find((_, index) => serves(statuses[index]) && standsBy(statuses[1 - index]));
}
