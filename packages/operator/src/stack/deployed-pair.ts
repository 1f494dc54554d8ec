import {
  isStronger,
  type Mechanism,
  NODE_PATHS,
  type NodeRole,
  parseSettings,
  type Settings,
  type VirtualIpSettings,
} from "pairctl/contract";
import { OperatorError } from "../operator-error.ts";
import type { StateResource } from "./state.ts";
import { type NodeFile, unpackUserData } from "../user-data/unpack.ts";

/** A node of a pair, as the stack has deployed it. */
export interface DeployedNode {
  readonly role: NodeRole;
  readonly instanceId: string;
  readonly privateIp: string;
  /** Of its resource in the state. */
  readonly address: string;
  /** What the files on it must be: those that the user data of the stack writes. */
  readonly files: readonly NodeFile[];
}

/** A pair, as the stack has deployed it. */
export interface DeployedPair {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly mechanism: Mechanism;
  /** The addresses that move together, the first one being that of the pair. */
  readonly virtualIps: readonly VirtualIpSettings[];
  /** The seconds between two adverts. */
  readonly advertInt: number;
  /** The primary first. */
  readonly nodes: readonly [DeployedNode, DeployedNode];
}

/** An instance of the state whose user data makes it a node. */
interface Candidate {
  readonly node: Omit<DeployedNode, "role">;
  readonly settings: Settings;
  readonly name: string;
}

/** One of the two nodes is not in the state: making it, or making it anew, was interrupted. */
export class MissingNodeError extends OperatorError {
  /**
   * @param address of the node that is there, in the state
   * @param privateIp of the one that is not
   */
  constructor(
    address: string,
    readonly privateIp: string,
  ) {
    super(
      "usage",
      `${address} has no peer with the address ${privateIp} in the state: run 'cdktf deploy' until it is done`,
    );
  }
}

/**
 * The pairs of a state. What a pair is stands in the user data of its nodes: a resource's name may be anything.
 *
 * @throws MissingNodeError where a node has no peer in the state
 */
export function pairsOf(resources: readonly StateResource[]): DeployedPair[] {
  const candidates = resources.filter(({ type }) => type === "tencentcloud_instance").flatMap(candidate);
  return candidates.flatMap((one) => {
    const { vpcId, peerIp } = one.settings;
    const peer = candidates.find(
      ({ settings }) =>
        settings.vpcId === vpcId && settings.privateIp === peerIp && isStronger(settings) !== isStronger(one.settings),
    );
    if (peer === undefined) throw new MissingNodeError(one.node.address, peerIp);
    return isStronger(one.settings) ? [pairOf(one, peer)] : [];
  });
}

/**
 * The pair that is meant.
 *
 * @param name undefined where there is one only
 * @throws OperatorError that names those that there are
 */
export function choosePair(pairs: readonly DeployedPair[], name: string | undefined, source: string): DeployedPair {
  const names = pairs.map((pair) => pair.name).join(", ");
  if (pairs.length === 0) {
    throw new OperatorError(
      "usage",
      `${source} has no keepalived pair: run 'cdktf deploy' first, or name another folder with --stack`,
    );
  }
  if (name === undefined) {
    const [only, second] = pairs;
    if (only !== undefined && second === undefined) return only;
    throw new OperatorError("usage", `${source} has several pairs, ${names}: choose one with --pair`);
  }
  const chosen = pairs.find((pair) => pair.name === name);
  if (chosen !== undefined) return chosen;
  throw new OperatorError("usage", `'--pair' must be one of ${names}, got '${name}'`);
}

function pairOf(primary: Candidate, secondary: Candidate): DeployedPair {
  const { region, vpcId, mechanism, virtualIps, advertInt } = primary.settings;
  return {
    ...{ name: primary.name, region, vpcId, mechanism, virtualIps, advertInt },
    nodes: [
      { ...primary.node, role: "primary" },
      { ...secondary.node, role: "secondary" },
    ],
  };
}

function candidate({ address, values }: StateResource): Candidate[] {
  const { id, user_data: userData } = values;
  if (typeof id !== "string") return [];
  const files = [...(unpackUserData(userData)?.files.values() ?? [])];
  const settingsFile = files.find(({ path }) => path === NODE_PATHS.settings);
  if (settingsFile === undefined) return [];
  const settings = readSettings(settingsFile.content, address);
  return [{ node: { instanceId: id, privateIp: settings.privateIp, address, files }, settings, name: nameOf(files) }];
}

function readSettings(json: string, address: string): Settings {
  try {
    return parseSettings(json);
  } catch (error) {
    throw new OperatorError(
      "usage",
      `${address} was deployed by another version of this package: its settings are not understood, ${(error as Error).message}: ` +
        "use the version that it was deployed with, or deploy it with this one",
      { cause: error },
    );
  }
}

/** The pair's name, of the `router_id` of keepalived.conf, which is name and role. */
function nameOf(files: readonly NodeFile[]): string {
  const conf = files.find(({ path }) => path === NODE_PATHS.keepalivedConf)?.content ?? "";
  return /^\s*router_id "?([^\s"]+?)-(?:primary|secondary)"?\s*$/m.exec(conf)?.[1] ?? "pair";
}
