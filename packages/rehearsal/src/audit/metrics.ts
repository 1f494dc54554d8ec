import { VRRP_STATES, type VrrpState } from "pairctl/contract";

/** The numbers of a node that an operator's monitoring sees. */
export interface Metrics {
  /** By the metric's name, of the worst of the addresses. */
  readonly values: ReadonlyMap<string, number>;
  /** What keepalived is on the node, for each address that has metrics. */
  readonly states: readonly VrrpState[];
  /** How old they are, in ms. */
  readonly ageMs: number;
}

/** What monitoring shows of a node. */
export interface Signal {
  /** Whether somebody would be woken, by the alerts that docs/node-command.md advises. */
  readonly isRed: boolean;
  /** Whether it says that the node is MASTER. */
  readonly isMaster: boolean;
  /** The reason, in words. */
  readonly shows: string;
}

/** The alerts' own time: what is older says nothing. */
const STALE_AFTER_MS = 60_000;

/** Reads the text format of Prometheus: `name{label="value",…} value`. */
export function parseMetrics(text: string, ageMs: number): Metrics {
  const values = new Map<string, number>();
  const states: VrrpState[] = [];
  for (const [, name = "", labels = "", value] of text.matchAll(/^(\w+)(?:\{([^}]*)\})? (\S+)$/gm)) {
    const number = Number(value);
    const state = VRRP_STATES.find((each) => labels.includes(`state="${each}"`));
    if (state !== undefined) {
      if (number === 1) states.push(state);
      continue;
    }
    const before = values.get(name);
    // Truths are at their worst when they are low, all else when it is high.
    const isWorse = before === undefined || (name.endsWith("agree") ? number < before : number > before);
    if (isWorse) values.set(name, number);
  }
  return { values, states, ageMs };
}

/** @param metrics undefined where the node cannot be asked, or has none */
export function judgeSignal(isUp: boolean, metrics: Metrics | undefined): Signal {
  if (!isUp) return { isRed: true, isMaster: false, shows: "the node does not answer" };
  if (metrics === undefined) return { isRed: true, isMaster: false, shows: "no metrics" };
  if (metrics.ageMs > STALE_AFTER_MS) return { isRed: true, isMaster: false, shows: "metrics are stale" };
  const agree = metrics.values.get("pairctl_agree");
  const status = metrics.values.get("pairctl_status");
  return {
    isRed: agree !== 1 || status !== 0,
    isMaster: metrics.states.includes("MASTER"),
    shows: `${metrics.states.join(", ") || "no state"}, agree ${agree ?? "absent"}, status ${status ?? "absent"}`,
  };
}
