import type { LatestReceipt } from "../../packages/pairctl/src/passes/metrics";
import { metricsOf, samplesIn } from "./metrics";

/** Between two scrapes, in s. */
const STEP_S = 15;

/** What Prometheus sees of a node. */
export interface NodeView {
  /** What pairctl has written, by address; undefined where node_exporter reads no such file. */
  readonly receipts: readonly Partial<LatestReceipt>[] | undefined;
  /**
   * Whether pairctl goes on to write it: no longer where it is `silent`, frozen or never restarted. `ended` is what its
   * unit makes of the file, again and again where the agent ends as soon as it is restarted.
   *
   * @default "writes"
   */
  readonly agent?: "writes" | "silent" | "ended";
  /**
   * What is scraped. A `Prometheus` on the node scrapes the agent and sends on what it says: nobody else sees its end, and
   * nothing more comes of a node that is down.
   *
   * @default "node_exporter"
   */
  readonly by?: "node_exporter" | "Prometheus";
  /**
   * Whether node_exporter answers, or the node's Prometheus runs.
   *
   * @default true
   */
  readonly isUp?: boolean;
  /**
   * The label `pair` of the target; "" where it has none.
   *
   * @default "web-pair"
   */
  readonly pair?: string;
}

/** What Prometheus sees for so many scrapes: nodes by instance. */
export interface Phase {
  readonly scrapes: number;
  readonly nodes: Readonly<Record<string, NodeView>>;
}

/** A test group of promtool's: what is seen, and what that must lead to at its end. */
export function testGroup(phases: readonly Phase[]) {
  const length = phases.reduce((sum, { scrapes }) => sum + scrapes, 0);
  const endS = (length - 1) * STEP_S;
  return { interval: `${STEP_S}s`, input_series: seriesOf(phases, length), endS };
}

/** The series of phases that follow each other, in the notation of promtool's tests. */
function seriesOf(phases: readonly Phase[], length: number): { series: string; values: string }[] {
  const series = new Map<string, (string | undefined)[]>();
  let step = 0;
  for (const { scrapes, nodes } of phases) {
    for (const end = step + scrapes; step < end; step += 1) {
      for (const [instance, view] of Object.entries(nodes)) {
        const target = [`job="node"`, `instance="${instance}"`, `pair="${view.pair ?? "web-pair"}"`];
        for (const [metric, labels, value] of scraped(view, step)) {
          const name = `${metric}{${[...target, ...labels].join(",")}}`;
          const values = series.get(name) ?? Array<string | undefined>(length).fill(undefined);
          values[step] = value;
          series.set(name, values);
        }
      }
    }
  }
  return [...series].map(([name, values]) => ({ series: name, values: values.map(notation).join(" ") }));
}

/** Stands for what nobody says, since whoever would say it is gone. */
const GONE = "_";

/** Prometheus marks a series as stale that a scrape does not give any more. */
function notation(value: string | undefined, step: number, values: readonly (string | undefined)[]): string {
  const before = values[step - 1];
  return value ?? (before === undefined || before === GONE ? "_" : "stale");
}

/** What one scrape of a node gives: metric, labels, value. */
function scraped(view: NodeView, step: number): [string, string[], string][] {
  const { receipts, agent = "writes", by = "node_exporter", isUp = true } = view;
  const isOfAgent = by === "Prometheus";
  const up: [string, string[], string] = ["up", [], isUp && !(isOfAgent && agent !== "writes") ? "1" : "0"];
  if (isOfAgent && !isUp)
    return scraped({ ...view, isUp: true }, step).map(([metric, labels]) => [metric, labels, GONE]);
  if (receipts === undefined || up[2] === "0") return [up];
  const samples = samplesIn(metricsOf(receipts)).map(({ metric, labels, value }): [string, string[], string] => {
    return [metric, [labels], agent === "ended" && metric === "pairctl_state" ? "0" : value];
  });
  const writtenAt = agent === "silent" ? 0 : step * STEP_S;
  if (isOfAgent) return [up, ...samples];
  return [up, ["node_textfile_mtime_seconds", ['file="/run/pairctl.metrics.prom"'], `${writtenAt}`], ...samples];
}
