import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { NodeStateTracker } from "./node-state.ts";

const INTERVAL_MS = 250;

/** Watches the states of both nodes: the timeline gets each change. */
export class PairWatch implements Disposable {
  readonly #trackers = new Map<Node, NodeStateTracker>();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly lab: Lab) {
    for (const node of lab.nodes) this.#trackers.set(node, new NodeStateTracker());
    this.#timer = setInterval(() => this.look(), INTERVAL_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** Looks now, too. */
  look(): void {
    for (const [node, tracker] of this.#trackers) {
      const processes = node.processes("keepalived").length;
      const sight = { isUp: node.isUp, processes, notified: node.stateChanges(0) };
      for (const { at, what, ...detail } of tracker.look(sight, Date.now()))
        this.lab.timeline.note(node.role, "state", what, at, detail);
    }
  }

  /** Notes how it is at a moment, for a timeline that begins then: the nodes' states, and who has the address. */
  restate(at: number): void {
    this.look();
    const { timeline, cloud, stack } = this.lab;
    for (const [node, { state }] of this.#trackers) timeline.note(node.role, "state", `is ${state}`, at, { state });
    const held = cloud.holderOf(stack.vip);
    const holder = this.lab.nameOf(held?.instanceId) ?? held?.networkInterfaceId ?? null;
    timeline.note("cloud", "holder", `${stack.vip} is on ${holder ?? "no interface"}`, at, { holder });
  }
}
