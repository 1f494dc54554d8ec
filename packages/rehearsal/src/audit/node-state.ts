import type { StateChange } from "../nodes/node-log.ts";
import type { NodeState } from "../report/run-record.ts";

/** What is seen of a node at one moment. */
export interface NodeSight {
  readonly isUp: boolean;
  /** How many processes of keepalived run on it. */
  readonly processes: number;
  /** What keepalived has notified, in order; the ones that are known already may be among it. */
  readonly notified: readonly StateChange[];
}

/** Something that says of a node's state, in ms since the epoch. */
export interface NodeNews {
  readonly at: number;
  /** A clause without its subject, the node: "notifies MASTER". */
  readonly what: string;
  /** The state from then on; undefined: as before. */
  readonly state?: NodeState;
}

/** What a notification says of the state; MASTER_RX_LOWER_PRI is none of its own. */
const NOTIFIED: Readonly<Record<string, NodeState>> = {
  MASTER: "MASTER",
  BACKUP: "BACKUP",
  FAULT: "FAULT",
  STOP: "keepalived stopped",
};

/**
 * Which state a node is in: what keepalived has notified last, unless what is seen from outside speaks against it. A
 * keepalived that is killed notifies nothing, nor does a node without power.
 */
export class NodeStateTracker {
  #state: NodeState = "powered off";
  #notifiedAt = 0;
  #seenAt = 0;
  #ranKeepalived = false;

  /** The state at the last look. */
  get state(): NodeState {
    return this.#state;
  }

  /** Takes in what is seen. @returns what is new since the last look, in order */
  look({ isUp, processes, notified }: NodeSight, now: number): NodeNews[] {
    const fresh = notified.filter(({ at }) => at > this.#notifiedAt);
    const news: NodeNews[] = fresh.map(({ at, state }) => {
      const known = NOTIFIED[state];
      // A notification is written a little after it is made. What was seen meanwhile is told already, and comes first.
      const told = { at: Math.max(at, this.#seenAt), what: `notifies ${state}` };
      return known === undefined ? told : { ...told, state: known };
    });
    this.#notifiedAt = fresh.at(-1)?.at ?? this.#notifiedAt;
    const said = news.findLast(({ state }) => state !== undefined)?.state ?? this.#state;
    this.#state = this.#seen(said, isUp, processes);
    this.#ranKeepalived = isUp && processes > 1;
    if (this.#state === said) return news;
    this.#seenAt = now;
    return [...news, { at: now, what: `is ${this.#state}`, state: this.#state }];
  }

  #seen(said: NodeState, isUp: boolean, processes: number): NodeState {
    if (!isUp) return "powered off";
    if (processes === 0) return "keepalived stopped";
    // One that is about to end after its last notification still runs: only a new one is in INIT. A single process is
    // the test of the configuration that the unit makes before it starts keepalived.
    const isNew = !this.#ranKeepalived && (said === "powered off" || said === "keepalived stopped");
    return isNew && processes > 1 ? "INIT" : said;
  }
}
