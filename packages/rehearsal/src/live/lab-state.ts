import type { Mechanism } from "pairctl/contract";
import type { NodeState, Role, TimelineEvent, Via } from "../report/run-record.ts";
import { isRoutine } from "../report/routine.ts";
import type { LabMessage, PlannedRun, RunPhase } from "../run/messages.ts";

/** What a lab is at: its pair boots, waits for a fault, is in a run, stays up at last, or ends. */
export type LabPhase = "boot" | "ready" | RunPhase | "kept" | "end";

/** Something that is so since a moment, in ms since the epoch. */
export interface Since<T> {
  readonly value: T;
  readonly since: number;
}

/** A lab as the live view shows it. */
export interface LabState {
  readonly mechanism: Mechanism;
  readonly phase: Since<LabPhase>;
  /** The run that it is at; undefined: none yet. */
  readonly run: PlannedRun | undefined;
  /** The moment from which its events are counted: the fault of its run, or the lab's start. */
  readonly zero: number;
  /** What the nodes are in VRRP; a node that nothing was told of is not among them. */
  readonly nodes: Readonly<Partial<Record<Role, Since<NodeState>>>>;
  /** Who has the address in the cloud: a node, an id of somebody else's; null: nobody; undefined: nothing was told. */
  readonly holder: string | null | undefined;
  /** Who answers the client through each address. */
  readonly client: ReadonlyMap<Via, Since<readonly string[]>>;
  /** The last events, the latest one at the end. */
  readonly events: readonly TimelineEvent[];
}

/** More events than these fit into no view. */
const KEPT_EVENTS = 10;

/** A lab whose pair is about to boot. */
export function bootingLab(mechanism: Mechanism, at: number): LabState {
  const phase = { value: "boot", since: at } as const;
  return { mechanism, phase, run: undefined, zero: at, nodes: {}, holder: undefined, client: new Map(), events: [] };
}

/** A lab after it has told something. */
export function labAfter(lab: LabState, message: LabMessage, at: number): LabState {
  switch (message.kind) {
    case "ready":
      return inPhase(lab, "ready", at);
    case "begins":
      return { ...lab, run: message.run, zero: at, events: [] };
    case "phase":
      return inPhase(lab, message.phase, at);
    case "event":
      return afterEvent(lab, message.event);
    case "client": {
      const { via, answeredBy, since } = message;
      return { ...lab, client: new Map([...lab.client, [via, { value: answeredBy, since }]]) };
    }
    case "kept":
      return inPhase(lab, "kept", at);
    case "ends":
      return { ...inPhase(lab, "end", at), client: new Map() };
    // Lines are printed, records are counted; a lab that has failed says so by its end.
    case "says":
    case "run":
    case "failed":
      return lab;
  }
}

function inPhase(lab: LabState, phase: LabPhase, at: number): LabState {
  return lab.phase.value === phase ? lab : { ...lab, phase: { value: phase, since: at } };
}

function afterEvent(lab: LabState, event: TimelineEvent): LabState {
  const { who, at, kind, state, holder = lab.holder } = event;
  const nodes =
    isRole(who) && state !== undefined && lab.nodes[who]?.value !== state
      ? { ...lab.nodes, [who]: { value: state, since: at } }
      : lab.nodes;
  // What pairctl did is told after a run only, from its log.
  const isShown = kind !== "pairctl" && !isRoutine(event);
  // A notification of keepalived is seen a little after it was made.
  const events = isShown ? [...lab.events, event].sort((a, b) => a.at - b.at).slice(-KEPT_EVENTS) : lab.events;
  return { ...lab, nodes, holder, events, zero: kind === "fault" ? at : lab.zero };
}

const isRole = (who: string): who is Role => who === "primary" || who === "secondary";
