import type { decide } from "../../src/protocol/decision/index.ts";

/** What may go wrong in the model, each once for each disturbance that the budget has. */
export const DISTURBANCES = [
  "hidden task",
  "notification",
  "failing task",
  "adverts cut",
  "one-way adverts",
  "words cut",
  "one-way words",
  "API cut",
  "illness",
  "crash",
  "keepalived killed",
  "agent frozen",
  "agent restarted",
  "listener lost",
  "listener frozen",
  "interface lost",
  "EIP unbound",
  "writes refused",
] as const;

export type Disturbance = (typeof DISTURBANCES)[number];

/** What a model is of. */
export interface Setup {
  /** The function under test, or a broken one. */
  readonly decide: typeof decide;
  readonly mechanism: "havip" | "secondary-private-ip";
  readonly allowForeign: boolean;
  /** Whether the nodes listen for adverts while keepalived is in FAULT. */
  readonly listens: boolean;
  /** Whether the agents tell each other what keepalived is: otherwise every word is lost. */
  readonly hasWords: boolean;
  readonly incumbentKeeps: boolean;
  /** Whether a node that is in FAULT by a lost notification is seen to be BACKUP all the same. */
  readonly isObserved: boolean;
  /** Whether the stronger node preempts: it goes by the adverts of a stronger one only. */
  readonly preempts: boolean;
  /** Whether either agent may be the first in a tick: otherwise the weaker's sees what the stronger's has begun. */
  readonly anyOrder: boolean;
  /** Whether an agent may leave out every other pass. */
  readonly skips: boolean;
  /** Whether the tracked script may be one tick late. */
  readonly lags: boolean;
  /** Whether restarts of keepalived are looked at: otherwise they are left out, with what is remembered for them. */
  readonly restarts: boolean;
  /** Whether an agent sees that keepalived has lost its interface. */
  readonly seesInterface: boolean;
  /**
   * Whether to leave out what the stronger node remembers of a mastership: attempts, promotion, its length beyond one
   * tick. None of its decisions depends on it, and many states become one.
   */
  readonly isLean: boolean;
  /**
   * Whether states are one that differ only in what nobody reads again, or in the order of the cloud's two tasks: the same
   * is found with fewer states.
   */
  readonly isCanonical: boolean;
  /** Whether an address can be migrated from the parking interface: otherwise it is taken off there first, by a task. */
  readonly parkedMigrates: boolean;
  /** Whether the EIP goes with an address that is migrated, or stays where that was, until it is unbound there. */
  readonly eipFollows: boolean;
  /** How many ticks a task may take beyond its first. */
  readonly taskTicks: number;
  /** How many disturbances, and how many moves of the address by hand, to which holders. */
  readonly budget: number;
  readonly hands: number;
  readonly handTargets: readonly number[];
  readonly disturbances: readonly Disturbance[];
  /** Whether it is measured for how long nobody is MASTER. */
  readonly measuresDesertion: boolean;
  /** What is wrong for good once everything else is well. */
  readonly forGood: ForGood;
}

/** What stays broken, for as long as the model goes on. */
export interface ForGood {
  /** No adverts from node 0, from node 1, and no words to node 0, to node 1. */
  readonly adverts?: readonly [boolean, boolean];
  readonly words?: readonly [boolean, boolean];
  readonly api?: readonly [boolean, boolean];
  /** The API lets node 0, node 1 change nothing. */
  readonly writes?: readonly [boolean, boolean];
  /** No process of node 0, of node 1 hears adverts, or it is frozen. */
  readonly listenerLost?: readonly [boolean, boolean];
  readonly listenerFrozen?: readonly [boolean, boolean];
  readonly ill?: number;
  readonly crashed?: number;
  /** The machine is shut down: keepalived says goodbye by an advert of priority 0, and nothing answers any more. */
  readonly shutDown?: number;
  readonly keepalivedDead?: number;
  /** Both have lost their interfaces, and nobody brings them back. */
  readonly stuck?: true;
}
