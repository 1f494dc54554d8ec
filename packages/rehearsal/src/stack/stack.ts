import { endpointIn, type Mechanism } from "pairctl/contract";
import { pairNetwork, type PairNetwork } from "./network.ts";
import { type ReadNode, requestedPackages } from "./node-user-data.ts";
import { choosePair, findPairs, type FoundPair } from "./pairs.ts";
import { findStack, type SynthesizedStack } from "./program.ts";
import { pairRole, type PairRole } from "./role.ts";
import { StackError } from "./stack-error.ts";
import type { HealthCheckTimes } from "./track-scripts.ts";
import { Values } from "./values.ts";
import { virtualAddresses, type VirtualAddress } from "./virtual-address.ts";

/** A node as it would be deployed. */
export interface StackNode {
  readonly role: "primary" | "secondary";
  readonly instanceId: string;
  readonly instanceName: string;
  readonly privateIp: string;
  /** The bytes that cloud-init gets: exactly what Terraform would send, base64 decoded. */
  readonly userData: Buffer;
  /** Where pairctl calls the API, in order of preference. */
  readonly apiEndpoints: readonly string[];
  /** Where it asks for its identity and credentials. */
  readonly metadataEndpoint: string;
}

/**
 * A synthesized pair, with ids in place of what only a deploy would know. As an address it is its own first one, which
 * adverts name and faults strike.
 */
export interface StackModel extends PairNetwork, VirtualAddress {
  readonly mechanism: Mechanism;
  readonly region: string;
  /** All the addresses that move together, the first one too. */
  readonly addresses: readonly [VirtualAddress, ...VirtualAddress[]];
  /** How often the MASTER sends an advert, in ms. */
  readonly advertIntMs: number;
  /** keepalived's `down_timer_adverts`: how many adverts are missing until a BACKUP becomes MASTER. */
  readonly downTimerAdverts: number;
  /** How fast the pair's health checks tell; undefined where it has none. */
  readonly healthCheck: HealthCheckTimes | undefined;
  readonly nodes: readonly [StackNode, StackNode];
  readonly role: PairRole | undefined;
  /** The packages that the user data asks for, as apt takes them. */
  readonly packages: readonly string[];
}

/** Which pair is meant, and what its stack does not say. */
export interface StackChoice {
  /** A stack's folder, its cdk.tf.json, or the output of a whole program. */
  readonly path: string;
  /** @default - the only pair of the stack */
  readonly pair?: string;
  /** The range of a subnet that exists already. @default - the stack says it */
  readonly subnetCidr?: string;
}

/**
 * Reads a pair of a synthesized stack.
 *
 * @param env where Terraform finds the values of variables: TF_VAR_name
 * @throws StackError where there is no such pair, or something must be known that only a deploy knows
 */
export function readStack({ path, pair, subnetCidr }: StackChoice, env: NodeJS.ProcessEnv = process.env): StackModel {
  const stack = findStack(path, hasPair);
  const values = new Values(stack, env);
  return stackModel(choosePair(findPairs(values), pair, stack.file), values, subnetCidr);
}

/** The path of the cdk.tf.json that is meant. @throws StackError where there is none */
export function stackFile(path: string): string {
  return findStack(path, hasPair).file;
}

const hasPair = (stack: SynthesizedStack) => findPairs(new Values(stack, process.env)).length > 0;

/** The model of a parsed cdk.tf.json; `source` names it in errors. */
function stackModel(pair: FoundPair, values: Values, subnetCidr: string | undefined): StackModel {
  const network = pairNetwork(pair, subnetCidr);
  const [first, ...additional] = virtualAddresses(pair, values);
  if (first === undefined) throw new StackError(`the pair '${pair.name}' of ${values.file} has no virtual address`);
  const { mechanism, region, advertInt } = pair.primary.settings;
  const nodes = [stackNode(pair.primary), stackNode(pair.secondary)] as const;
  return {
    ...network,
    ...first,
    mechanism,
    region,
    addresses: [first, ...additional],
    advertIntMs: advertInt * 1000,
    downTimerAdverts: pair.primary.downTimerAdverts,
    healthCheck: pair.primary.healthCheck,
    nodes: [...nodes],
    role: pairRole(pair, values),
    packages: [...new Set(nodes.flatMap(({ userData }) => requestedPackages(userData)))],
  };
}

function stackNode({ instance, role, settings, userData }: ReadNode): StackNode {
  return {
    role,
    instanceId: instance.id,
    instanceName: instance.text("instance_name"),
    privateIp: settings.privateIp,
    userData,
    apiEndpoints: settings.apiEndpoints.map((endpoint) => endpointIn(settings.region, endpoint)),
    metadataEndpoint: settings.metadataEndpoint,
  };
}
