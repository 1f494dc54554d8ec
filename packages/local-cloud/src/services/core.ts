import type { Events } from "../engine/events.ts";
import type { Tasks } from "../engine/tasks.ts";
import type { Assumptions } from "./assumptions.ts";
import type { Automation } from "./automation.ts";
import type { MachineRoom } from "./machines.ts";
import type { Quotas } from "./quotas.ts";

/** What a service works on: the cloud, with as much of its state as the service sees. */
export interface ServiceCore<State> {
  /** The only one there is. */
  readonly region: string;
  readonly state: State;
  readonly tasks: Tasks;
  readonly events: Events;
  readonly quotas: Quotas;
  /** How the cloud is where no document says it. */
  readonly assumptions: Assumptions;
  /** What runs commands on the instances. */
  readonly automation: Automation;
  /** What the instances run on. */
  readonly machineRoom: MachineRoom;
  /** From 0 to 1, the same sequence for the same seed. */
  readonly random: () => number;
  /** Unix time in ms. */
  readonly now: () => number;
}
