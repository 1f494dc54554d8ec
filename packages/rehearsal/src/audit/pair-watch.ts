import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import type { NodeState, Role, Via } from "../report/run-record.ts";
import { NodeStateTracker } from "./node-state.ts";

/** How the pair is at a moment. */
export interface PairStatus {
  readonly states: Readonly<Record<Role, NodeState>>;
  /** Who has the virtual address in the cloud: a node, an id of somebody else's; null: nobody. */
  readonly holder: string | null;
  /** Which nodes have answered the client lately, by the way that it took. */
  readonly answering: Readonly<Partial<Record<Via, readonly string[]>>>;
}

const INTERVAL_MS = 250;
/** An answer is the present state of things for this long. */
const RECENT_MS = 300;

/** Watches the pair: the timeline gets each change of a node's state, and whoever wants it each change of anything. */
export class PairWatch implements Disposable {
  readonly #trackers = new Map<Node, NodeStateTracker>();
  readonly #timer: NodeJS.Timeout;
  #told = "";

  /** @param onStatus told how the pair is, at first and whenever that changes */
  constructor(
    private readonly lab: Lab,
    private readonly onStatus: (status: PairStatus) => void = () => {},
  ) {
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
    const status = this.#status();
    const text = JSON.stringify(status);
    if (text !== this.#told) this.onStatus(status);
    this.#told = text;
  }

  /** Notes how it is at a moment, for a timeline that begins then. */
  restate(at: number): void {
    this.look();
    for (const [node, { state }] of this.#trackers)
      this.lab.timeline.note(node.role, "state", `is ${state}`, at, { state });
    const { holder } = this.#status();
    this.lab.timeline.note("cloud", "holder", `${this.lab.stack.vip} is on ${holder ?? "no interface"}`, at, {
      holder,
    });
  }

  #status(): PairStatus {
    const { lab } = this;
    const since = Date.now() - RECENT_MS;
    const states = Object.fromEntries([...this.#trackers].map(([{ role }, { state }]) => [role, state]));
    const held = lab.cloud.holderOf(lab.stack.vip);
    const answering = [...lab.client.addresses.keys()].map((via) => [via, lab.client.answering(via, since).sort()]);
    return {
      states: states as Record<Role, NodeState>,
      holder: lab.nameOf(held?.instanceId) ?? held?.networkInterfaceId ?? null,
      answering: Object.fromEntries(answering),
    };
  }
}
