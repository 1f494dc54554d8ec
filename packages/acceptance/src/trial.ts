import type { Mechanism } from "pairctl/contract";
import type { AcceptanceCloud } from "./cloud/actions.ts";
import { isReachable } from "./cloud/automation.ts";
import { type AcceptanceFault, FAULTS } from "./faults.ts";
import { LOOK_AT_NODE, lookAtMetadata, parseMetadataLook, parseNodeFacts } from "./measure/node-facts.ts";
import type { Observations } from "./measure/observations.ts";
import { answeringSince, longestOutage } from "./measure/outage.ts";
import { Prober } from "./measure/prober.ts";
import { askByFilter, watchAddress } from "./measure/sample.ts";
import { type DeployedPair, NodeAccess, type PairNode, servingNode } from "./pair.ts";
import type { Report } from "./report/schema.ts";
import { START_SERVER } from "./server.ts";
import { SERVER_PORT } from "./stack/settings.ts";
import { pause, waitUntil } from "./wait.ts";

/** How long a node may take from its start until the cloud's automation reaches it, in ms. */
const BOOT_BUDGET_MS = 10 * 60_000;
/** How long the pair may take until it is well: after its first boot, and after a fault. */
const WELL_BUDGET_MS = 10 * 60_000;
/** How often the nodes are asked meanwhile, in ms. */
const ASK_EVERY_MS = 2_000;
/** How long the client has to be answered before a fault, and what comes after it is watched, in ms. */
const CALM_MS = 3_000;

/** What a trial needs. */
export interface TrialOptions {
  readonly api: AcceptanceCloud;
  readonly pair: DeployedPair;
  readonly mechanism: Mechanism;
  readonly roleName: string;
  readonly probeThrough: readonly string[];
  /** Gets what was seen, as it is seen. */
  readonly seen: Observations;
  /** Gets what became of each fault. */
  readonly faults: Report["faults"];
  readonly say: (line: string) => void;
  readonly interruption: AbortSignal;
}

/**
 * Takes a deployed pair through the faults, and looks at what the cloud does meanwhile.
 *
 * @throws Error where the pair does not become well, or is not well again after a fault
 * @throws the interruption's reason
 */
export async function tryPair(options: TrialOptions): Promise<void> {
  const { api, pair, mechanism, seen, say, interruption } = options;
  const access = new NodeAccess(api, interruption);
  say("Waiting for the nodes' first boot.");
  await Promise.all(pair.nodes.map((node) => meet(options, access, node)));
  try {
    await becomesWell(options, access, "the pair's first well state");
    seen.wasWell = true;
    const vpcId = await vpcOf(api, pair.nodes[0]);
    seen.filterFinds = await askByFilter(api, vpcId, pair.vip);
    for (const node of pair.nodes) {
      const { exitStatus, output } = await access.run(node, START_SERVER);
      if (exitStatus !== 0) throw new Error(`the server does not start on ${node.hostName}: ${output.trim()}`);
    }
    using prober = new Prober(pair.publicIp, SERVER_PORT, options.probeThrough);
    const end = new AbortController();
    const watched = { mechanism, vpcId, vip: pair.vip, publicIp: pair.publicIp };
    const watching = watchAddress(api, watched, seen, end.signal);
    try {
      for (const fault of FAULTS) await runFault(options, access, prober, fault);
    } finally {
      end.abort();
      await watching;
    }
  } finally {
    // Also what a pair that does not come up has done is worth knowing.
    for (const node of pair.nodes) {
      if (interruption.aborted) break;
      await access.run(node, LOOK_AT_NODE).then(
        ({ output }) => seen.nodes.push(parseNodeFacts(output)),
        (error: Error) => say(`  ${node.hostName} could not be looked at: ${error.message}`),
      );
    }
  }
}

/** Waits until the automation reaches a node, and takes the first look at its metadata service. */
async function meet({ api, seen, roleName, interruption }: TrialOptions, access: NodeAccess, node: PairNode) {
  await waitUntil({
    what: `the automation agent (TAT) of ${node.hostName}`,
    budgetMs: BOOT_BUDGET_MS,
    everyMs: ASK_EVERY_MS,
    interruption,
    look: async () => ((await isReachable(api, node.instanceId)) ? true : undefined),
  });
  const { output } = await access.run(node, lookAtMetadata(roleName));
  seen.metadata.push(parseMetadataLook(output));
}

/** Waits until one node serves and the other could. */
function becomesWell({ pair, interruption }: TrialOptions, access: NodeAccess, what: string): Promise<PairNode> {
  return waitUntil({
    what,
    budgetMs: WELL_BUDGET_MS,
    everyMs: ASK_EVERY_MS,
    interruption,
    look: async () => {
      const statuses = await Promise.all(pair.nodes.map((node) => access.status(node)));
      const node = servingNode(pair, statuses);
      if (node !== undefined) return node;
      throw new Error(
        statuses
          .map((status) => JSON.stringify(status ?? "no answer"))
          .join("; ")
          .slice(0, 500),
      );
    },
  });
}

async function vpcOf(api: AcceptanceCloud, { instanceId }: PairNode): Promise<string> {
  const { InstanceSet } = await api.call("cvm", "DescribeInstances", { InstanceIds: [instanceId] });
  const [instance] = InstanceSet as readonly { VirtualPrivateCloud: { VpcId: string } }[];
  return instance?.VirtualPrivateCloud.VpcId ?? "";
}

async function runFault(options: TrialOptions, access: NodeAccess, prober: Prober, fault: AcceptanceFault) {
  const { api, pair, say, interruption, faults } = options;
  const node = await becomesWell(options, access, `the well state before '${fault.name}'`);
  const other = pair.nodes.find((each) => each !== node) ?? node;
  await waitUntil({
    what: `an answer of ${node.hostName} through the EIP ${pair.publicIp}`,
    budgetMs: 60_000,
    everyMs: CALM_MS,
    interruption,
    look: async () => (answeringSince(prober.answers, Date.now() - CALM_MS).includes(node.hostName) ? true : undefined),
  });
  say(`  ${fault.name}: ${fault.does} (${node.role})`);
  const begun = Date.now();
  const context = { api, access, node };
  let problem: string | undefined;
  let convergedMs: number | null = null;
  try {
    await fault.inject(context);
    if (fault.moves) {
      await waitUntil({
        what: `an answer of ${other.hostName} through the EIP`,
        budgetMs: 120_000,
        everyMs: 200,
        interruption,
        look: async () => (answeringSince(prober.answers, begun).includes(other.hostName) ? true : undefined),
      });
    }
    await pause(CALM_MS, interruption);
    await waitUntil({
      what: `the end of '${fault.name}'`,
      budgetMs: 120_000,
      everyMs: ASK_EVERY_MS,
      interruption,
      look: async () => {
        await fault.heal(context);
        return true;
      },
    });
    const serving = await becomesWell(options, access, `the well state after '${fault.name}'`);
    convergedMs = Date.now() - begun;
    if (fault.moves && serving !== other) problem = `${serving.hostName} serves, not ${other.hostName}`;
  } catch (error) {
    interruption.throwIfAborted();
    problem = (error as Error).message;
  }
  const outage = longestOutage(prober.answers, begun);
  const outageMs = outage === undefined ? null : Math.round(outage);
  faults.push({
    ...{ fault: fault.name, does: fault.does, at: new Date(begun).toISOString() },
    ...{ passed: problem === undefined, outageMs, convergedMs },
    ...(problem !== undefined && { problem }),
  });
  say(`    ${problem ?? "passed"}; outage ${outageMs ?? "unknown"} ms`);
  if (convergedMs === null) throw new Error(`the pair is not well after '${fault.name}': ${problem}`);
}
