import type { LocalCloud } from "local-cloud";
import type { Client } from "../lab/client.ts";
import type { Node, NodeState } from "../nodes/node.ts";
import type { Via } from "./outage.ts";
import type { StackModel } from "../stack/stack.ts";

/** The world as an audit sees it. */
export interface World {
  readonly stack: StackModel;
  readonly cloud: LocalCloud;
  readonly nodes: readonly Node[];
  readonly client: Client;
}

/** Everything that an invariant looks at, taken at one moment. */
interface Snapshot extends World {
  readonly states: ReadonlyMap<Node, NodeState>;
  readonly holder: Node;
  readonly faultAt: number;
  readonly settledAt: number;
}

/** What must hold once a failover is over: says what is wrong, or nothing. */
type Invariant = (snapshot: Snapshot) => string | undefined | Promise<string | undefined>;

/**
 * Checks after a failover that the address is where it belongs, and nowhere else.
 *
 * @param holder the node that must have it
 * @param faultAt when the fault was, in ms since the epoch
 * @param settledAt since when the holder has had it
 * @returns what is wrong, one line each
 */
export async function audit(world: World, holder: Node, faultAt: number, settledAt: number): Promise<string[]> {
  const states = new Map<Node, NodeState>();
  for (const node of world.nodes) states.set(node, await node.state(world.stack.vip));
  const problems: string[] = [];
  for (const invariant of INVARIANTS) {
    const problem = await invariant({ ...world, states, holder, faultAt, settledAt });
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

const INVARIANTS: readonly Invariant[] = [
  function oneNodeHasTheVip({ states, holder }) {
    const having = [...states].filter(([, state]) => state.hasVip).map(([node]) => node.role);
    return having.join() === holder.role
      ? undefined
      : `the VIP must be on the ${holder.role} only, it is on: ${list(having)}`;
  },
  function itsHolderRunsKeepalived({ states, holder }) {
    return states.get(holder)?.keepalived ? undefined : `the ${holder.role} has the VIP but no keepalived`;
  },
  function theCloudSaysTheSame({ cloud, stack, holder }) {
    const instanceId = cloud.holderOf(stack.vip)?.instanceId;
    return instanceId === holder.stackNode.instanceId
      ? undefined
      : `the cloud must say that ${holder.stackNode.instanceId} has ${stack.vip}, it says: ${instanceId ?? "nobody"}`;
  },
  function thePublicAddressIsBound({ cloud, stack, holder }) {
    if (stack.eip === undefined) return undefined;
    const binding = cloud.state.addresses.get(stack.eip.addressId)?.binding;
    if (binding?.kind === "haVip" && binding.haVipId === stack.haVip?.haVipId) return undefined;
    const eni = cloud.holderOf(stack.vip)?.networkInterfaceId;
    return binding?.kind === "eni" && binding.privateIp === stack.vip && binding.networkInterfaceId === eni
      ? undefined
      : `the EIP must be bound to ${stack.vip} on the ${holder.role}, its binding is: ${JSON.stringify(binding ?? null)}`;
  },
  (snapshot) => everyAnswerIsFromTheHolder(snapshot, "VIP"),
  (snapshot) => (snapshot.stack.eip === undefined ? undefined : everyAnswerIsFromTheHolder(snapshot, "EIP")),
  function nobodyElseAnswers({ client, holder, settledAt }) {
    const since = client.answers.filter(({ sentAt }) => sentAt >= settledAt).map(({ node }) => node);
    const others = [...new Set(since)].filter((node) => node !== holder.role);
    return others.length === 0 ? undefined : `only the ${holder.role} may answer the client, ${list(others)} did too`;
  },
  async function theHookSaysSo({ holder, faultAt, stack }) {
    const last = (await holder.receipts(faultAt))
      .filter(({ vrrp, vip = stack.vip }) => vrrp === "MASTER" && vip === stack.vip)
      .at(-1);
    return last !== undefined && GOOD_VERDICTS.includes(last.verdict)
      ? undefined
      : `the hook's last receipt as MASTER must be one of ${GOOD_VERDICTS.join(", ")}, it is: ${JSON.stringify(last)}`;
  },
];

/** The hook's verdicts after which the address is on its node. */
const GOOD_VERDICTS = ["holds", "moved"];

async function everyAnswerIsFromTheHolder({ client, holder }: Snapshot, via: Via): Promise<string | undefined> {
  const answers = new Set(await client.ask(via, 5));
  return [...answers].join() === holder.role
    ? undefined
    : `the client must reach the ${holder.role} through the ${via}, it got: ${list([...answers])}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}
