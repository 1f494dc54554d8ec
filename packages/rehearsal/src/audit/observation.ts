import { run } from "../machine/process.ts";
import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import type { Role, Via } from "../report/run-record.ts";
import type { VirtualAddress } from "../stack/virtual-address.ts";

/** A node, seen from outside: nothing here rests on what the pair's own software says. */
export interface NodeObservation {
  readonly role: Role;
  readonly isUp: boolean;
  /** Whether a keepalived runs. */
  readonly runsKeepalived: boolean;
  /** Whether the VIP is on its interface. */
  readonly hasVip: boolean;
  /** How long ago the fabric received an advert from it, in ms; undefined: never. */
  readonly advertAgeMs: number | undefined;
}

/** Everything that says who serves, at one moment. */
export interface Observation {
  readonly nodes: readonly NodeObservation[];
  /** Who has the address in the cloud: a role, an id of somebody else's, or nobody. */
  readonly holder: string | undefined;
  /** What is wrong with the EIP; undefined where it is bound as it must be, or there is none. */
  readonly eipProblem: string | undefined;
  /** Who has answered the client lately, through each address. */
  readonly answers: ReadonlyMap<Via, readonly string[]>;
}

/** An answer is the present state of things for this long. */
const RECENT_MS = 300;

/** Looks at nodes, wire, cloud and client. */
export async function observe(lab: Lab): Promise<Observation> {
  const nodes = await Promise.all(lab.nodes.map((node) => observeNode(lab, node)));
  const since = Date.now() - RECENT_MS;
  return {
    nodes,
    holder: lab.holderOf(lab.stack.vip),
    eipProblem: eipProblem(lab, lab.stack),
    answers: new Map([...lab.client.addresses.keys()].map((via) => [via, lab.client.answering(via, since)])),
  };
}

async function observeNode(lab: Lab, node: Node): Promise<NodeObservation> {
  const addresses = await run("ip", ["-n", node.port.namespace, "-o", "-4", "address"]);
  const lastAdvertAt = lab.lastAdvertAt(node);
  return {
    role: node.role,
    isUp: node.isUp,
    runsKeepalived: node.processes("keepalived").length > 0,
    hasVip: node.isUp && addresses.includes(` ${lab.stack.vip}/`),
    advertAgeMs: lastAdvertAt === undefined ? undefined : Date.now() - lastAdvertAt,
  };
}

/** What is wrong with the EIP of an address; undefined where it is bound as it must be, or there is none. */
export function eipProblem({ cloud }: Lab, { vip, haVip, eip }: VirtualAddress): string | undefined {
  if (eip === undefined) return undefined;
  const binding = cloud.state.addresses.get(eip.addressId)?.binding;
  if (binding?.kind === "haVip" && binding.haVipId === haVip?.haVipId) return undefined;
  const eni = cloud.holderOf(vip)?.networkInterfaceId;
  const isRight = binding?.kind === "eni" && binding.privateIp === vip && binding.networkInterfaceId === eni;
  return isRight ? undefined : `the EIP must be bound to ${vip}, its binding is ${JSON.stringify(binding ?? null)}`;
}
