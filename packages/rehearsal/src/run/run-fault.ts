import type { PairWatch } from "../audit/pair-watch.ts";
import { closingFailover } from "../audit/closing-failover.ts";
import { type Inventory, sameInventory, takeInventory } from "../audit/inventory.ts";
import { receiptProblems } from "../audit/receipts.ts";
import { measureOutage, servedSpans, strangers } from "../audit/service.ts";
import { scrapedSignals, SignalWatch, trueSignals } from "../audit/signals.ts";
import { stableService } from "../audit/stable-service.ts";
import { untrueSignals } from "../audit/truth-of-signals.ts";
import { type Expectation, expectationOf, type Fault, type Scene } from "../faults/fault.ts";
import { PROBE_INTERVAL_MS } from "../lab/client.ts";
import type { Lab } from "../lab/lab.ts";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import type { OutageRecord, RunRecord, ServedSpan, Via, ViolationRecord } from "../report/run-record.ts";
import type { PlannedRun, RunPhase } from "./messages.ts";
import { expectedService } from "./during.ts";
import { randomNumbers } from "local-cloud";
import { timingOf } from "../timing/timing.ts";

/** What all runs of a lab have in common. */
export interface RunOptions {
  readonly system: string;
  /** How long the pair must be well after the fault, without a change. */
  readonly stableMs: number;
  /** Has been watching the pair since before the fault. */
  readonly watch: PairWatch;
  /** Told when a run comes to its next phase. */
  readonly onPhase: (phase: RunPhase) => void;
}

/** Two answers of a node that are further apart are two times of service. */
const SPAN_GAP_MS = 100;

/** What a run has come to, and who serves after it: nobody where the pair did not become well again. */
export interface RunResult {
  readonly record: RunRecord;
  readonly serving: Node | undefined;
}

/** Takes a pair that is well through a fault and its healing, and audits everything. Never throws for what it finds. */
export async function runFault(
  lab: Lab,
  serving: Node,
  fault: Fault,
  plan: PlannedRun,
  options: RunOptions,
): Promise<RunResult> {
  const timing = timingOf(lab);
  const violations: ViolationRecord[] = [];
  const violated = (check: string, text: string) => void violations.push({ check, text });
  const attempt = async <T>(check: string, act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      violated(check, (error as Error).message);
      return undefined;
    }
  };
  const expects = expectationOf(fault, lab.stack.mechanism);
  const outageBoundMs = fault.outageMs(timing) + (plan.graceMs ?? 0);
  lab.client.forget(Date.now() - 1_000);
  lab.timeline.forget(Date.now() - 1_000);
  const before = await inventories(lab);
  const scene: Scene = {
    lab,
    serving,
    standby: lab.peerOf(serving),
    random: randomNumbers(plan.seed),
    note: (what) => lab.timeline.note("rehearsal", "note", what),
  };
  using signals = new SignalWatch(lab, lab.timeline);

  const faultAt = Date.now();
  options.onPhase("fault");
  options.watch.restate(faultAt);
  lab.timeline.note(serving.role, "fault", `FAULT: ${fault.does}`, faultAt);
  const injected = await attempt("the fault can be made to happen", () => fault.inject(scene).then(() => true));
  if (injected) {
    const expected = [...lab.client.addresses.keys()].filter((via) => via === "VIP" || !fault.throughVipOnly);
    const awaited = expectedService(scene, expects, expected, outageBoundMs);
    await attempt(`while the fault lasts, service ${expects}`, () => waitFor(awaited));
    const expectedAt = Date.now();
    await sleep(fault.lastsMs ?? 2_000);
    for (const problem of unexpectedService(scene, expects, faultAt, expectedAt))
      violated(`while the fault lasts, service ${expects}`, problem);
  }
  lab.timeline.note("rehearsal", "healing", `HEALING: ${fault.heals}`);
  options.onPhase("healing");
  const healingAt = Date.now();
  await attempt("the fault heals", () => fault.heal(scene));
  const healedAt = Date.now();

  options.onPhase("settling");
  const convergeBoundMs = fault.convergesMs(timing) + (plan.graceMs ?? 0);
  const well = await attempt("the pair is well again", () =>
    waitFor(stableService(lab, { stableMs: options.stableMs, beginsWithinMs: convergeBoundMs })),
  );
  const possibleFrom = (via: Via): number | undefined => {
    // Without its binding the EIP cannot serve, and the cloud takes its time to bind it again.
    if (fault.throughVipOnly === true && via === "EIP") return healedAt;
    return expects === "nobody" ? healingAt : undefined;
  };
  const measured = measureOutages(lab, possibleFrom, faultAt, outageBoundMs);
  for (const outage of measured) {
    if (outage.lastedMs === null || outage.lastedMs > outage.boundMs)
      violated("the outage is within its bound", describeOutage(outage));
  }
  options.onPhase("audit");
  const settledAt = Date.now();
  const ways = [...lab.client.addresses.keys()];
  for (const line of untrueSignals(servedUntilNow(lab), ways, signals.changes, { from: faultAt, to: settledAt }))
    violated("signals tell the truth during the fault", line);

  let successor: Node | undefined;
  let closingAt: number | null = null;
  if (well !== undefined) {
    const { [expects]: expected } = { moves: scene.standby, stays: serving, either: undefined, nobody: undefined };
    if (fault.healsInPlace && expected !== undefined && well.node !== expected)
      violated("the service stays where it is while the pair heals", `the ${well.node.role} has taken it back`);
    for (const problem of await receiptProblems(lab, well.node)) violated("receipts tell the truth", problem);
    await attempt("signals are green while all is well", () => waitFor(trueSignals(lab, well.node)));
    await attempt("Prometheus gets the same signals of the agent", () => waitFor(scrapedSignals(lab)));
    for (const [node, inventory] of before)
      await attempt("all is as before", () => waitFor(sameInventory(node, inventory, fault.mayFail)));
    options.onPhase("closing failover");
    closingAt = Date.now();
    successor = await attempt("the standby can take over", () => closingFailover(lab, well.node, timing));
  }
  options.watch.look();
  noteRuns(lab, faultAt);
  return {
    serving: successor,
    record: {
      fault: fault.name,
      group: fault.group,
      mechanism: lab.stack.mechanism,
      system: options.system,
      repetition: plan.repetition,
      seed: plan.seed,
      victim: serving.role,
      faultAt,
      healingAt,
      healedAt,
      convergedAt: well?.since ?? null,
      convergeBoundMs,
      closingAt,
      endedAt: Date.now(),
      outages: measured,
      served: servedUntilNow(lab),
      signals: [...signals.changes],
      events: lab.timeline.since(faultAt - 50),
      violations,
    },
  };
}

/** Whether the service has been with somebody else for a while, though the client did not notice an outage. */
function unexpectedService(
  { lab, serving, standby }: Scene,
  expects: Expectation,
  faultAt: number,
  expectedAt: number,
) {
  const allowed = expects === "stays" ? serving : expects === "moves" ? standby : undefined;
  if (allowed === undefined) return [];
  const since = expects === "stays" ? faultAt : expectedAt;
  const others = strangers(lab.client.answers, [allowed.role], since, Date.now());
  return others.map((node) => `the ${node} answered, too`);
}

async function inventories(lab: Lab): Promise<Map<Node, Inventory>> {
  const entries = lab.nodes.map(async (node) => [node, await takeInventory(node)] as const);
  return new Map(await Promise.all(entries));
}

/** @param possibleFrom from when on it can be served at all through an address; undefined: always */
function measureOutages(
  lab: Lab,
  possibleFrom: (via: Via) => number | undefined,
  faultAt: number,
  boundMs: number,
): OutageRecord[] {
  return [...lab.client.addresses.keys()].map((via) => {
    const from = possibleFrom(via);
    const answers = lab.client.answers.filter(({ sentAt }) => sentAt >= (from ?? 0));
    const asked = { answers, pauses: lab.client.pauses };
    return { via, lastedMs: measureOutage(asked, via, from ?? faultAt, PROBE_INTERVAL_MS) ?? null, boundMs };
  });
}

/** In words. */
export function describeOutage({ via, lastedMs, boundMs }: OutageRecord): string {
  return `through the ${via} it lasted ${lastedMs === null ? "to the end" : `${lastedMs} ms`}, at most ${boundMs} ms are allowed`;
}

/** Who has served when, through each address. */
function servedUntilNow({ client }: Lab): ServedSpan[] {
  return [...client.addresses.keys()].flatMap((via) => servedSpans(client.answers, via, SPAN_GAP_MS));
}

/** The runs of pairctl, which are only known afterwards, from the nodes' logs. */
function noteRuns(lab: Lab, since: number): void {
  for (const node of lab.nodes) {
    for (const { time, trigger, verdict, ms, message } of node.receipts(since)) {
      const said = `pairctl (${trigger}): ${verdict} after ${ms} ms${message ? `: ${message}` : ""}`;
      lab.timeline.note(node.role, "pairctl", said, Date.parse(time));
    }
  }
}
