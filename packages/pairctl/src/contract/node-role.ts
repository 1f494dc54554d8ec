/** The nodes of a pair. */
export const NODE_ROLES = ["primary", "secondary"] as const;

/** One of the two nodes of a pair. The primary is the one of higher priority, wherever the address is at the moment. */
export type NodeRole = (typeof NODE_ROLES)[number];

/** keepalived's `priority` of each node where none is given. */
export const DEFAULT_PRIORITY: Readonly<Record<NodeRole, number>> = { primary: 100, secondary: 80 };

/** Whether a node is the stronger one: where both are MASTER, the one of higher priority stays MASTER. */
export function isStronger(node: { readonly priority: number; readonly peerPriority: number }): boolean {
  return node.priority > node.peerPriority;
}
