import { mkdirSync } from "node:fs";
import { audit } from "./audit.ts";
import { PROBE_INTERVAL_MS } from "./client.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { Lab } from "./lab.ts";
import type { Node } from "./node.ts";
import { measureOutage, type Via } from "./outage.ts";
import { run, sleep, waitFor } from "./process.ts";
import { readStack } from "./stack.ts";
import { Timeline } from "./timeline.ts";

/** What one rehearsal is told. */
export interface RehearsalSpec {
  /** Path of the synthesized cdk.tf.json. */
  readonly stackFile: string;
  /** Path of the nodes' root filesystem. */
  readonly rootFilesystem: string;
  /** The cgroup of the run; undefined where there is none. */
  readonly cgroup: string | undefined;
  /** What is done to the node that serves, one after the other. */
  readonly faults: readonly Fault[];
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
}

const BOOT_BUDGET_MS = 60_000;
const ELECTION_BUDGET_MS = 20_000;
const TAKEOVER_BUDGET_MS = 15_000;
/** A private folder for what the run writes: a file system in memory that goes with the mount namespace. */
const FOLDER = "/run/rehearsal";

/**
 * Rehearses a failover with one mechanism. Runs in namespaces of its own.
 *
 * @throws where the pair does not come up, an invariant does not hold, or an outage is over its budget
 */
export async function rehearse(spec: RehearsalSpec, say: (line: string) => void): Promise<void> {
  for (const folder of ["/run/netns", FOLDER]) {
    mkdirSync(folder, { recursive: true });
    await run("mount", ["-t", "tmpfs", "tmpfs", folder]);
  }
  const timeline = new Timeline();
  const start = Date.now();
  const stack = readStack(spec.stackFile);
  const lab = await Lab.start({ ...spec, stack, folder: FOLDER, timeline });

  // The primary first: where nobody is MASTER, the first to wait out the election wins it.
  const primary = await lab.boot("primary");
  await primary.waitForCloudInit(BOOT_BUDGET_MS);
  const secondary = await lab.boot("secondary");
  await secondary.waitForCloudInit(BOOT_BUDGET_MS);
  let serving = await settled(lab, ELECTION_BUDGET_MS, () => true);
  say(`  the pair is up after ${seconds(Date.now() - start)}: the ${serving.role} serves ${stack.vip}`);

  for (const fault of spec.faults) {
    const victim = serving;
    const { injure, mend, description, outageBudgetMs } = FAULTS[fault];
    const faultAt = Date.now();
    timeline.note(victim.role, `FAULT: ${description}`, faultAt);
    await injure(victim, lab);
    serving = await settled(lab, TAKEOVER_BUDGET_MS, (node) => node !== victim);
    noteFirstAnswers(lab, timeline, serving, faultAt);
    await waitForReceipt(serving, faultAt);
    const settledAt = Date.now();
    await sleep(20 * PROBE_INTERVAL_MS);

    say(`\n  ${victim.role}: ${description}`);
    for (const line of timeline.render(faultAt, faultAt - 50, settledAt + 50)) say(`  ${line}`);
    const problems = [...(await audit(lab, serving)), ...outages(lab, faultAt, outageBudgetMs, say)];
    if (problems.length > 0)
      throw new Error(`after '${description}' on the ${victim.role}:\n    ${problems.join("\n    ")}`);
    say(`    the ${serving.role} serves; nodes, cloud and client agree`);
    await mend?.(victim, lab);
  }
  lab.client.stop();
}

/** Waits until one node has the VIP, the cloud says so and the client gets its answers from it, every way. */
async function settled(lab: Lab, budgetMs: number, isRight: (node: Node) => boolean): Promise<Node> {
  const seen: string[] = [];
  return waitFor(
    "one node to serve, in the eyes of nodes, cloud and client",
    budgetMs,
    async () => {
      seen.length = 0;
      for (const node of lab.nodes) {
        const { keepalived, hasVip } = await node.state(lab.stack.vip);
        const held = lab.cloud.holderOf(lab.stack.vip)?.instanceId === node.stackNode.instanceId;
        const now = Date.now();
        const answering = [...lab.client.addresses.keys()].filter((via) =>
          lab.client.firstAnswer(via, now - 500, node.role),
        );
        seen.push(
          `${node.role}: keepalived ${keepalived}, VIP ${hasVip}, cloud ${held}, answers through [${answering}]`,
        );
        if (keepalived && hasVip && held && answering.length === lab.client.addresses.size && isRight(node))
          return node;
      }
      return undefined;
    },
    () => `${seen.join("; ")}\n${lab.nodes.map(lastWords).join("\n")}`,
  );
}

/** What a node's hook and keepalived logged last, for the error. */
function lastWords(node: Node): string {
  const log = node.read("var/log/keepalived.log")?.trim().split("\n").slice(-5) ?? ["(no /var/log/keepalived.log)"];
  return `${node.role}:\n  ${log.join("\n  ")}`;
}

function noteFirstAnswers(lab: Lab, timeline: Timeline, serving: Node, faultAt: number): void {
  for (const via of lab.client.addresses.keys()) {
    const answer = lab.client.firstAnswer(via, faultAt, serving.role);
    if (answer !== undefined)
      timeline.note("client", `reaches the ${serving.role} through the ${via}`, answer.receivedAt);
  }
}

/** The hook's run may go on for a moment after the address has moved: it reads back what it did. */
async function waitForReceipt(node: Node, since: number): Promise<void> {
  await waitFor(
    `the end of the hook's run on the ${node.role}`,
    12_000,
    async () => ((await node.receipts(since)).some(({ vrrp }) => vrrp === "MASTER") ? true : undefined),
    async () => JSON.stringify(await node.receipts(since)),
  );
}

function outages(lab: Lab, faultAt: number, budgetMs: number, say: (line: string) => void): string[] {
  const measure = (via: Via) => measureOutage(lab.client.answers, via, faultAt, PROBE_INTERVAL_MS);
  return [...lab.client.addresses.keys()].flatMap((via) => {
    const outage = measure(via);
    say(`    outage through the ${via}: ${outage ?? "endless"} ms (at most ${budgetMs})`);
    return outage !== undefined && outage <= budgetMs ? [] : [`the outage through the ${via} is over its budget`];
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
