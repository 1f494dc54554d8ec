import { METRICS_ADDRESS, METRICS_PORT, NODE_PATHS } from "pairctl/contract";
import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import type { SignalRecord } from "../report/run-record.ts";
import type { Timeline } from "../report/timeline.ts";
import { judgeSignal, parseMetrics, scrapeProblem, type Signal } from "./metrics.ts";
import { settlingMs } from "./settling.ts";

/** What monitoring shows of a node now. */
export function signalOf(node: Node): Signal {
  const file = node.readRuntime(NODE_PATHS.metrics);
  return judgeSignal(node.isUp, file && parseMetrics(file.text, file.ageMs));
}

/**
 * Green signals on both nodes, and MASTER on the one that serves alone: whoever looked last before all was well says so
 * until the next pass. A pair without a role cannot ask the cloud, and is never green.
 */
export function trueSignals(lab: Lab, serving: Node): Awaited<true> {
  return {
    what: `green signals on both nodes, of the ${serving.role} as MASTER`,
    budgetMs: settlingMs(lab.stack.mechanism),
    everyMs: 200,
    look: () => {
      const wrong = lab.nodes
        .map((node) => ({ node, ...signalOf(node) }))
        .filter(
          ({ node, isRed, isMaster }) => (isRed && lab.stack.role !== undefined) || isMaster !== (node === serving),
        );
      if (wrong.length === 0) return { found: true };
      return { seen: wrong.map(({ node, shows }) => `the ${node.role}: ${shows}`).join("; ") };
    },
  };
}

/** What a client of HTTP 1.0 gets of the agent: bash is on every image, and curl is not. */
const SCRAPE = [
  `exec 3<>/dev/tcp/${METRICS_ADDRESS}/${METRICS_PORT}`,
  "printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3",
  "cat <&3",
].join(" && ");

/** The agent's answer to Prometheus on both nodes, and that it is what the textfile says, in the form that Prometheus takes. */
export function scrapedSignals(lab: Lab): Awaited<true> {
  return {
    what: "the textfile's metrics by HTTP on both nodes",
    budgetMs: settlingMs(lab.stack.mechanism),
    everyMs: 1_000,
    look: async () => {
      const looks = lab.nodes.map(async (node) => {
        const { stdout, stderr } = await node.exec(["bash", "-c", SCRAPE]);
        const problem = scrapeProblem(stdout, node.readRuntime(NODE_PATHS.metrics)?.text);
        return problem === undefined ? [] : [`the ${node.role}: ${problem} ${stderr}`.trim()];
      });
      const wrong = (await Promise.all(looks)).flat();
      return wrong.length === 0 ? { found: true } : { seen: wrong.join("; ") };
    },
  };
}

const INTERVAL_MS = 500;

/** A change of what monitoring shows of a node. */
export interface SignalChange extends SignalRecord, Signal {}

/** Watches the signals of both nodes, and keeps each change. */
export class SignalWatch implements Disposable {
  readonly changes: SignalChange[] = [];
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
      const signal = signalOf(node);
      const last = this.changes.findLast((change) => change.node === node.role);
      if (last?.shows === signal.shows) continue;
      this.changes.push({ at: Date.now(), node: node.role, ...signal });
      if (last !== undefined)
        this.timeline.note(node.role, "signal", `${signal.isRed ? "red" : "green"}: ${signal.shows}`);
    }
  }
}
