import type { AcceptanceCloud } from "./cloud/actions.ts";
import type { NodeAccess, PairNode } from "./pair.ts";

/** What a fault needs to be done to a node. */
export interface FaultContext {
  readonly api: AcceptanceCloud;
  readonly access: NodeAccess;
  readonly node: PairNode;
}

/** Something that happens to the node that serves. */
export interface AcceptanceFault {
  readonly name: string;
  readonly does: string;
  /** Whether the other node has to take over. */
  readonly moves: boolean;
  readonly inject: (context: FaultContext) => Promise<unknown>;
  /** Undoes it. */
  readonly heal: (context: FaultContext) => Promise<unknown>;
}

const nothing = () => Promise.resolve();

/** What the pair is taken through, in this order. */
export const FAULTS: readonly AcceptanceFault[] = [
  {
    name: "stop",
    does: "keepalived is stopped in order on the node that serves",
    moves: true,
    inject: ({ access, node }) => access.run(node, "systemctl stop keepalived"),
    heal: ({ access, node }) => access.run(node, "systemctl start keepalived"),
  },
  {
    name: "kill",
    does: "every process of keepalived is killed on the node that serves, and systemd starts it again",
    moves: false,
    inject: ({ access, node }) => access.run(node, "pkill -KILL -x keepalived"),
    heal: nothing,
  },
  {
    name: "crash",
    does: "the node that serves loses its power: StopInstances, HARD",
    moves: true,
    inject: ({ api, node }) =>
      api.call("cvm", "StopInstances", {
        InstanceIds: [node.instanceId],
        StopType: "HARD",
        StoppedMode: "KEEP_CHARGING",
      }),
    heal: ({ api, node }) => api.call("cvm", "StartInstances", { InstanceIds: [node.instanceId] }),
  },
  {
    name: "reboot",
    does: "the node that serves is rebooted: RebootInstances, SOFT",
    moves: true,
    inject: ({ api, node }) => api.call("cvm", "RebootInstances", { InstanceIds: [node.instanceId], StopType: "SOFT" }),
    heal: nothing,
  },
];
