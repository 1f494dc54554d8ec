import { OperatorError, UsageError } from "../operator-error.ts";
import { holderOf, type NodeView, type PairView, peerOf } from "./pair-view.ts";

/** How a node is named on the command line. */
export const NODE_NAMES = ["primary", "secondary", "serving", "standby"] as const;

/** See {@link NODE_NAMES}. */
export type NodeName = (typeof NODE_NAMES)[number];

/** @throws UsageError where it is another word, or not one word */
export function parseNodeName(positionals: readonly string[]): NodeName {
  const [word, second] = positionals;
  const name = NODE_NAMES.find((each) => each === word);
  if (name !== undefined && second === undefined) return name;
  throw new UsageError(`the node must be one of ${NODE_NAMES.join(", ")}, got '${positionals.join(" ")}'`);
}

/** The same, where no node means both. */
export function parseOptionalNodeName(positionals: readonly string[]): NodeName | undefined {
  return positionals.length === 0 ? undefined : parseNodeName(positionals);
}

/**
 * The node that is meant.
 *
 * @throws OperatorError where nobody serves, so that none is the serving one
 */
export function chooseNode(view: PairView, name: NodeName): NodeView {
  if (name === "primary" || name === "secondary") return view.nodes[name === "primary" ? 0 : 1];
  const holder = holderOf(view);
  if (holder === undefined) {
    throw new OperatorError(
      "refused",
      `neither node has the address, so that none is '${name}': name primary or secondary`,
    );
  }
  return name === "serving" ? holder : peerOf(view, holder);
}
