import type { Holder } from "../../src/protocol/decision/index.ts";
import type { Random } from "./random.ts";

/** Where an address can be: with node 0 or 1, or elsewhere. */
export type Place = 0 | 1 | "parked" | "none" | "foreign";

/** A move that the cloud is about. */
interface Task {
  readonly from: Place;
  readonly to: 0 | 1 | "none";
  readonly endsAt: number;
  /** From when on the API shows it. */
  readonly shownAt: number;
  readonly fails: boolean;
}

/** What a reader of the API was shown at some time. */
interface Snapshot {
  readonly at: number;
  readonly place: Place;
  readonly isMoving: boolean;
}

/** What no document says of the cloud. */
export interface Readings {
  /** Whether an address can be migrated from the parking interface: otherwise it is taken off there first. */
  readonly parkedMigrates: boolean;
  /** Whether the EIP goes with a migrated address: otherwise it stays behind, until it is unbound there. */
  readonly eipFollows: boolean;
}

/** An address in the cloud of the schedules. */
export class SimAddress {
  place: Place = "parked";
  /** Where its EIP is bound to it, or was when the address moved away; undefined: it is bound to nothing. */
  eipAt: Place | undefined = "parked";
  /** How often it has moved. */
  moves = 0;
  task: Task | undefined;
  readonly #readings: Readings;
  /** What was so until when, for readers that are shown what is old. */
  readonly #history: Snapshot[] = [];

  constructor(readings: Readings) {
    this.#readings = readings;
  }

  get hasEip(): boolean {
    return this.eipAt === this.place;
  }

  /** Binds the EIP, which takes a call more where it is bound elsewhere. */
  bindEip(): void {
    this.eipAt = this.eipAt === undefined ? this.place : undefined;
  }

  /** Begins a move, unless one is under way or the address is not there: then the cloud refuses. */
  move(from: Place, to: 0 | 1, now: number, weather: Weather, random: Random): void {
    if (this.task || this.place !== from) return;
    const duration = weather.slowTasks && random.chance(0.5) ? random.between(1000, 15_000) : random.between(100, 900);
    const shownAt = weather.hiddenTasks && random.chance(0.3) ? Infinity : now + random.between(0, 150);
    this.#note(now);
    const isStuck = from === "parked" && !this.#readings.parkedMigrates;
    this.task = {
      from,
      to: isStuck ? "none" : to,
      endsAt: now + duration,
      shownAt,
      fails: weather.failingTasks && random.chance(0.3),
    };
  }

  /** Somebody puts it elsewhere at once. */
  put(place: Place, now: number): void {
    if (this.task || this.place === place) return;
    this.#note(now);
    this.#go(place);
  }

  pass(now: number): void {
    const { task } = this;
    if (!task || now < task.endsAt) return;
    this.#note(now);
    this.task = undefined;
    if (task.fails || this.place !== task.from || this.place === task.to) return;
    this.#go(task.to);
    if (task.to !== "none") this.moves += 1;
  }

  /** It is there from now on, with its EIP or without. */
  #go(place: Place): void {
    if (place === "none") this.eipAt = undefined;
    else if (this.hasEip && this.#readings.eipFollows) this.eipAt = place;
    this.place = place;
  }

  /** The fabric takes a HAVIP to whoever announces it. */
  announce(who: 0 | 1, now: number): void {
    if (this.place === who) return;
    this.#note(now);
    // Its EIP is bound to the HAVIP itself.
    if (this.hasEip) this.eipAt = who;
    this.place = who;
    this.moves += 1;
  }

  /** Who has it, in the eyes of a node that is shown what was so a while ago. */
  seenBy(who: 0 | 1, now: number, staleMs: number): Holder {
    const { place, isMoving } = staleMs > 0 ? this.#asOf(now - staleMs, now) : this.#present(now);
    if (isMoving) return "moving";
    if (typeof place === "string") return place;
    return place === who ? "mine" : "peer";
  }

  #present(now: number): Snapshot {
    return { at: now, place: this.place, isMoving: this.task !== undefined && now >= this.task.shownAt };
  }

  #asOf(time: number, now: number): Snapshot {
    return this.#history.find(({ at }) => at > time) ?? this.#present(now);
  }

  #note(now: number): void {
    this.#history.push(this.#present(now));
  }
}

/** What may go wrong with calls and tasks, for as long as it lasts. */
export interface Weather {
  slowTasks: boolean;
  hiddenTasks: boolean;
  failingTasks: boolean;
  /** How old what the API shows may be, in ms. */
  staleMs: number;
  /** How likely a word, an advert or a notification is lost. */
  loss: number;
}
