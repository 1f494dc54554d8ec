import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import type { Timing } from "../timing/timing.ts";
import type { Mechanism } from "pairctl/contract";
import type { Lever } from "./lever.ts";

/** What a fault strikes. */
export type FaultGroup =
  | "keepalived"
  | "health check"
  | "node"
  | "network"
  | "cloud API"
  | "credentials"
  | "hands"
  | "pairctl"
  | "boot"
  | "combination"
  | "own"
  | "random";

/**
 * Who serves while a fault lasts. `moves`: the other node takes over. `stays`: the node that served goes on. `either`: one
 * of the two. `nobody`: nobody can, and the outage is counted from the healing on.
 */
export type Expectation = "moves" | "stays" | "either" | "nobody";

/** The pair that a fault strikes. */
export interface Scene {
  readonly lab: Lab;
  /** The node that serves when the fault begins. */
  readonly serving: Node;
  /** The other one. */
  readonly standby: Node;
  /** Random numbers from 0 to 1, the same ones for the same seed. */
  readonly random: () => number;
  /** Notes something in the timeline that explains what is seen. */
  readonly note: (what: string) => void;
}

/** A fault that a pair can meet. */
export interface Fault {
  /** Lower case, hyphens: what the command line calls it. */
  readonly name: string;
  readonly group: FaultGroup;
  /** What it does, as a clause: "keepalived is stopped in order". */
  readonly does: string;
  /** How it heals: "keepalived is started again". */
  readonly heals: string;
  /** What is expected while it lasts; by mechanism where the two differ. */
  readonly expects: Expectation | Readonly<Record<Mechanism, Expectation>>;
  /**
   * Whether that is expected through the VIP alone: through the public address nobody can serve, and the outage there is
   * counted from the end of the healing on.
   *
   * @default false
   */
  readonly throughVipOnly?: boolean;
  /** The outage that the client may see, in ms. */
  readonly outageMs: (timing: Timing) => number;
  /** How long it may take after the healing until the pair is well for good, in ms. */
  readonly convergesMs: (timing: Timing) => number;
  /** Where it comes from: a report, a document, a run in which it was seen. */
  readonly source: string;
  /** How long it lasts at least, in ms, after what is expected of it has been seen. @default 2000 */
  readonly lastsMs?: number;
  /** Units that may have failed for good afterwards, on either node. @default - none */
  readonly mayFail?: readonly string[];
  /**
   * Whether the node that serves while it lasts has to go on after the healing: nothing moves the service a second time.
   *
   * @default false
   */
  readonly healsInPlace?: boolean;
  /**
   * What it takes hold of. A random campaign injects it while other faults are under way that take hold of nothing of
   * this, on either node, whether the one that it strikes serves or not; until it has healed, none follows that does.
   *
   * @default - everything: it goes with no other, and no random campaign has it
   */
  readonly levers?: readonly Lever[];
  /** @default - both */
  readonly mechanisms?: readonly Mechanism[];
  /** Changes of the pair's settings that it needs, by key of the settings file. @default - none */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes it happen. @throws where it could not be made to */
  readonly inject: (scene: Scene) => Promise<unknown>;
  /** Undoes it. */
  readonly heal: (scene: Scene) => Promise<unknown>;
}

/** What is expected while a fault lasts, with a mechanism. */
export function expectationOf({ expects }: Fault, mechanism: Mechanism): Expectation {
  return typeof expects === "string" ? expects : expects[mechanism];
}
