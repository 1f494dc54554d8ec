import { type ReadNode, readNode } from "./node-user-data.ts";
import { StackError } from "./stack-error.ts";
import type { Resource } from "./resource.ts";
import type { Values } from "./values.ts";

/** The two nodes of a pair, and what they are called together. */
export interface FoundPair {
  /** The pair's name, or, where another pair of the stack has the same one, where its construct is in the tree. */
  readonly name: string;
  readonly primary: ReadNode;
  readonly secondary: ReadNode;
}

/**
 * The pairs of a stack, in the order of their primaries.
 *
 * @throws StackError where a node has no peer in the stack
 */
export function findPairs(values: Values): FoundPair[] {
  const nodes = values
    .all("tencentcloud_instance")
    .map(readNode)
    .filter((node) => node !== undefined);
  const pairs = nodes
    .filter(({ role }) => role === "primary")
    .map((primary) => ({ primary, secondary: peerOf(primary, nodes) }));
  const alone = nodes.filter((node) => !pairs.some((pair) => Object.values(pair).includes(node)));
  if (alone[0] !== undefined) peerOf(alone[0], nodes);
  const names = pairs.map(({ primary }) => pairName(primary.instance));
  return pairs.map((pair, index) => {
    const name = names[index] ?? "";
    const isTaken = names.filter((other) => other === name).length > 1;
    return { ...pair, name: isTaken ? pairPath(pair.primary.instance) : name };
  });
}

function peerOf(node: ReadNode, nodes: readonly ReadNode[]): ReadNode {
  const { vpcId, peerIp, privateIp } = node.settings;
  const peer = nodes.find(
    (other) =>
      other.role !== node.role &&
      other.settings.vpcId === vpcId &&
      other.settings.privateIp === peerIp &&
      other.settings.peerIp === privateIp,
  );
  if (peer !== undefined) return peer;
  throw new StackError(
    `${node.instance.where} is the ${node.role} of a pair whose other node (${peerIp}) is not there`,
  );
}

/** The role stands behind the pair's name in that of an instance. */
function pairName(primary: Resource): string {
  return primary.text("instance_name").replace(/-primary$/, "");
}

function pairPath(primary: Resource): string {
  return primary.constructPath?.replace(/\/[^/]+$/, "") ?? primary.address;
}

/**
 * The pair of a stack that is meant.
 *
 * @param name undefined: the only one
 * @throws StackError which names the pairs that there are
 */
export function choosePair(pairs: readonly FoundPair[], name: string | undefined, file: string): FoundPair {
  const [only, ...others] = pairs;
  if (only === undefined) {
    throw new StackError(`${file} has no pair: no instance in it has the user data of a KeepalivedPair`);
  }
  const names = pairs.map((pair) => pair.name).join(", ");
  if (name === undefined) {
    if (others.length === 0) return only;
    throw new StackError(`--pair must name one of the pairs of ${file}: ${names}`);
  }
  const found = pairs.find((pair) => pair.name === name || pairPath(pair.primary.instance) === name);
  if (found === undefined) throw new StackError(`--pair must be one of ${names} for ${file}, got '${name}'`);
  return found;
}
