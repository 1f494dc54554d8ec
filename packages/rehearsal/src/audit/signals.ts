import { NODE_PATHS } from "pairctl/contract";
import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import { PAIRCTL_PERIOD_MS } from "../nodes/node-paths.ts";
import type { Node } from "../nodes/node.ts";
import type { Role, ServedSpan, SignalRecord } from "../report/run-record.ts";
import type { Timeline } from "../report/timeline.ts";
import { unservedTimes } from "./service.ts";

/** The numbers of a node that an operator's monitoring sees. */
export interface Metrics {
  /** By the metric's name, of the worst of the addresses. */
  readonly values: ReadonlyMap<string, number>;
  /** How old they are, in ms. */
  readonly ageMs: number;
}

/** Alerts as docs/node-command.md advises them. */
const STALE_AFTER_MS = 60_000;

/** What monitoring shows of a node: whether somebody would be woken, and the reason. */
export interface Signal {
  readonly isRed: boolean;
  readonly shows: string;
}

/** Reads the text format of Prometheus: `name{labels} value`. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const [, name = "", value] of text.matchAll(/^(\w+)(?:\{[^}]*\})? (\S+)$/gm)) {
    const number = Number(value);
    const before = values.get(name);
    // Truths are at their worst when they are low, all else when it is high.
    const isWorse = before === undefined || (name.endsWith("agree") ? number < before : number > before);
    if (isWorse) values.set(name, number);
  }
  return values;
}

/** @param metrics undefined where the node cannot be asked, or has none */
export function judgeSignal(isUp: boolean, metrics: Metrics | undefined): Signal {
  if (!isUp) return { isRed: true, shows: "the node does not answer" };
  if (metrics === undefined) return { isRed: true, shows: "no metrics" };
  if (metrics.ageMs > STALE_AFTER_MS) return { isRed: true, shows: "metrics are stale" };
  const agree = metrics.values.get("pairctl_agree");
  const status = metrics.values.get("pairctl_status");
  return { isRed: agree !== 1 || status !== 0, shows: `agree ${agree ?? "absent"}, status ${status ?? "absent"}` };
}

/** What monitoring shows of a node now. */
export function signalOf(node: Node): Signal {
  const file = node.readRuntime(NODE_PATHS.metrics);
  const metrics = file && { values: parseMetrics(file.text), ageMs: file.ageMs };
  return judgeSignal(node.isUp, metrics);
}

/** So long a node takes at most to say what it finds at the next pass of its timer. */
const NEXT_PASS_MS = PAIRCTL_PERIOD_MS + 3_000;

/** Green signals on both nodes: whoever looked last before all was well says so until the next pass. */
export function greenSignals(lab: Lab): Awaited<true> {
  return {
    what: "green signals on both nodes",
    budgetMs: NEXT_PASS_MS,
    everyMs: 200,
    look: () => {
      const red = lab.nodes.map((node) => ({ node, ...signalOf(node) })).filter(({ isRed }) => isRed);
      if (red.length === 0) return { found: true };
      return { seen: red.map(({ node, shows }) => `the ${node.role}: ${shows}`).join("; ") };
    },
  };
}

const INTERVAL_MS = 500;

/** Watches the signals of both nodes, and keeps each change. */
export class SignalWatch implements Disposable {
  readonly changes: SignalRecord[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly lab: Lab,
    private readonly timeline: Timeline,
  ) {
    this.#look();
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const node of this.lab.nodes) {
      const { isRed, shows } = signalOf(node);
      const last = this.changes.findLast((change) => change.node === node.role);
      if (last?.shows === shows) continue;
      this.changes.push({ at: Date.now(), node: node.role, isRed, shows });
      if (last !== undefined) this.timeline.note(node.role, "signal", `${isRed ? "red" : "green"}: ${shows}`);
    }
  }
}

/**
 * The times in which nobody served and no signal was red, though there was time enough to see it.
 *
 * @param lagMs so long after the service has gone a signal may stay green
 */
export function greenWhileNobodyServes(
  spans: readonly ServedSpan[],
  signals: readonly SignalRecord[],
  from: number,
  to: number,
  lagMs: number,
): { readonly from: number; readonly to: number }[] {
  return unservedTimes(spans, from, to)
    .map((gap) => ({ from: gap.from + lagMs, to: gap.to }))
    .filter((gap) => gap.from < gap.to)
    .flatMap((gap) => greenTimes(signals, gap.from, gap.to));
}

function greenTimes(signals: readonly SignalRecord[], from: number, to: number): { from: number; to: number }[] {
  const red = new Map<Role, boolean>();
  const times: { from: number; to: number }[] = [];
  const edges = [from, ...signals.map(({ at }) => at).filter((at) => at > from && at < to), to];
  for (const [index, at] of edges.slice(0, -1).entries()) {
    for (const signal of signals) if (signal.at <= at) red.set(signal.node, signal.isRed);
    if (![...red.values()].includes(true)) times.push({ from: at, to: edges[index + 1] ?? to });
  }
  return times;
}
