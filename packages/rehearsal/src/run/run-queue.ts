import type { PlannedRun } from "./messages.ts";
import type { PlannedLab } from "./plan.ts";

/** So many labs of a pair may fail to come up, one after the other, before the rest of its runs is given up. */
const FAILURES_IN_A_ROW = 3;

/** A pair whose runs are shared by the labs that boot it. */
export interface QueuedPair extends Pick<PlannedLab, "mechanism" | "settings" | "assumptions"> {
  /** Those that no lab has taken yet, the next one first. */
  readonly left: PlannedRun[];
}

interface Entry {
  readonly pair: QueuedPair;
  labs: number;
  failuresInARow: number;
}

/**
 * The runs of a campaign that are left, from which labs side by side help themselves: a free lab boots a pair that has
 * no lab yet, in the order of the plan, or else helps where most is left.
 */
export class RunQueue {
  readonly #entries: readonly Entry[];
  readonly #givenUp: PlannedRun[] = [];

  constructor(labs: readonly PlannedLab[]) {
    this.#entries = labs.map(({ runs, ...pair }) => {
      return { pair: { ...pair, left: [...runs] }, labs: 0, failuresInARow: 0 };
    });
  }

  /** How many runs no lab has taken yet. */
  get size(): number {
    return this.#entries.reduce((sum, { pair }) => sum + pair.left.length, 0);
  }

  /** The runs that nobody tries, since their pair does not come up. */
  get givenUp(): readonly PlannedRun[] {
    return this.#givenUp;
  }

  /** The pair that a free lab is to boot; undefined where no run is left. Each is given back by `release`. */
  take(): QueuedPair | undefined {
    // A lab that is on its way up takes a run when it is there: a further one would find none.
    const open = this.#entries.filter(({ pair, labs }) => pair.left.length > labs);
    const [mostLeft] = [...open].sort((a, b) => b.pair.left.length - a.pair.left.length);
    const entry = open.find(({ labs }) => labs === 0) ?? mostLeft;
    if (entry !== undefined) entry.labs += 1;
    return entry?.pair;
  }

  /** The next run of a pair; undefined where none is left. */
  next(pair: QueuedPair): PlannedRun | undefined {
    return pair.left.shift();
  }

  /** Says that a lab of the pair has come to its end, and whether it had come up. */
  release(pair: QueuedPair, cameUp: boolean): void {
    const entry = this.#entries.find((candidate) => candidate.pair === pair);
    if (entry === undefined) throw new Error("a pair that is released must have been taken");
    entry.labs -= 1;
    entry.failuresInARow = cameUp ? 0 : entry.failuresInARow + 1;
    if (entry.failuresInARow >= FAILURES_IN_A_ROW) this.#givenUp.push(...pair.left.splice(0));
  }
}
