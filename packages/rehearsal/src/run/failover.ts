import { audit } from "../audit/audit.ts";
import { PROBE_INTERVAL_MS } from "../lab/client.ts";
import { FAULTS, type Fault } from "../faults/faults.ts";
import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { measureOutage, type Via } from "../audit/outage.ts";
import { sleep, waitFor } from "../machine/process.ts";
import { settled } from "../audit/settled.ts";
import type { Mechanism } from "../stack/stack.ts";
import type { Timeline } from "../report/timeline.ts";

/** What a failover took. */
export interface Failover {
  readonly mechanism: Mechanism;
  readonly fault: Fault;
  /** How long the client did without the service, in ms; null where it did to the end. */
  readonly outageMs: Readonly<Partial<Record<Via, number | null>>>;
  /** How long it may, in ms. */
  readonly outageBudgetMs: number;
}

const TAKEOVER_BUDGET_MS = 15_000;
const RECEIPT_BUDGET_MS = 12_000;
const RETURN_BUDGET_MS = 10_000;

/**
 * Does something to the node that serves, waits for the other one to take over, and checks everything.
 *
 * @returns what it took, and the node that serves now
 * @throws where nobody takes over, an invariant does not hold, or an outage is over its budget
 */
export async function failOver(
  lab: Lab,
  victim: Node,
  fault: Fault,
  timeline: Timeline,
  say: (line: string) => void,
): Promise<{ failover: Failover; serving: Node }> {
  const { injure, description, outageBudgetMs } = FAULTS[fault];
  const faultAt = Date.now();
  timeline.note(victim.role, `FAULT: ${description}`, faultAt);
  await injure(victim, lab);
  const serving = await settled(lab, TAKEOVER_BUDGET_MS, (node) => node !== victim);
  const settledAt = Date.now();
  await hookHasRun(serving, faultAt);
  await sleep(20 * PROBE_INTERVAL_MS);
  const problems = await audit(lab, serving, faultAt, settledAt);

  await noteAfterwards(lab, timeline, victim, serving, faultAt);
  say(`\n  ${victim.role}: ${description}`);
  for (const line of timeline.render(faultAt, faultAt - 50, Date.now())) say(`  ${line}`);
  const vias = [...lab.client.addresses.keys()];
  const outages = vias.map((via) => [via, measureOutage(lab.client.answers, via, faultAt, PROBE_INTERVAL_MS)] as const);
  for (const [via, outage] of outages) {
    say(`    outage through the ${via}: ${outage ?? "endless"} ms (at most ${outageBudgetMs})`);
    if (outage === undefined || outage > outageBudgetMs)
      problems.push(`the outage through the ${via} may last ${outageBudgetMs} ms, it lasted ${outage ?? "to the end"}`);
  }
  if (problems.length > 0)
    throw new Error(`after '${description}' on the ${victim.role}:\n    ${problems.join("\n    ")}`);
  say(`    the ${serving.role} serves; nodes, cloud and client agree`);
  const outageMs = Object.fromEntries(outages.map(([via, outage]) => [via, outage ?? null]));
  return { failover: { mechanism: lab.stack.mechanism, fault, outageMs, outageBudgetMs }, serving };
}

/** Brings a node back after its fault, as the peer of the one that serves. */
export async function mend(victim: Node, fault: Fault, faultAt: number): Promise<void> {
  await FAULTS[fault].mend?.(victim);
  await waitFor(
    `the ${victim.role}'s return as BACKUP`,
    RETURN_BUDGET_MS,
    () => (victim.stateChanges(faultAt).at(-1)?.state === "BACKUP" ? true : undefined),
    () => `its last change of state was to ${victim.stateChanges(0).at(-1)?.state ?? "none"}`,
  );
}

/** The hook's run may go on for a moment after the address has moved: it reads back what it did. */
async function hookHasRun(node: Node, since: number): Promise<void> {
  await waitFor(
    `the end of the hook's run on the ${node.role}`,
    RECEIPT_BUDGET_MS,
    async () => ((await node.receipts(since)).some(({ vrrp }) => vrrp === "MASTER") ? true : undefined),
    async () => JSON.stringify(await node.receipts(since)),
  );
}

/** What is only known afterwards, from logs and answers. */
async function noteAfterwards(lab: Lab, timeline: Timeline, victim: Node, serving: Node, since: number): Promise<void> {
  for (const via of lab.client.addresses.keys()) {
    const last = lab.client.answers.filter((answer) => answer.via === via && answer.node === victim.role).at(-1);
    if (last !== undefined)
      timeline.note("client", `last answer of the ${victim.role} through the ${via}`, last.receivedAt);
    const first = lab.client.firstAnswer(via, since, serving.role);
    if (first !== undefined)
      timeline.note("client", `reaches the ${serving.role} through the ${via}`, first.receivedAt);
  }
  for (const node of [victim, serving]) {
    for (const { at, state } of node.stateChanges(since)) timeline.note(node.role, `keepalived: ${state}`, at);
  }
  for (const { time, trigger, verdict, ms } of await serving.receipts(since)) {
    timeline.note(serving.role, `hook starts (${trigger})`, Date.parse(time));
    timeline.note(serving.role, `hook ends: ${verdict}`, Date.parse(time) + ms);
  }
}
