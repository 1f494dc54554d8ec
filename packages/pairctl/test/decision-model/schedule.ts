import type { decide, DecisionRules } from "../../src/protocol/decision/index.ts";
import { Random } from "./random.ts";
import { type Place, SimAddress, type Weather } from "./sim-cloud.ts";
import { SimNode } from "./sim-node.ts";

/** How finely time passes, in ms. */
const STEP_MS = 100;

const FAIR: Weather = { slowTasks: false, hiddenTasks: false, failingTasks: false, staleMs: 0, loss: 0 };

/** What a schedule came to. */
export interface Ending {
  /** What must never happen, and has. */
  readonly offence: string | undefined;
  /** How long it took, in ms, until the pair served for good; undefined where it did not. */
  readonly servedAfter: number | undefined;
  readonly story: readonly string[];
}

/** For how long a pair has to serve unmoved until that counts, and how long it is waited for, in ms. */
const QUIET_MS = 10_000;
const PATIENCE_MS = 80_000;

/** Two nodes, a cloud and what goes wrong with them, drawn from a seed, in simulated time. */
export class Schedule {
  now = 0;
  readonly random: Random;
  readonly addresses: SimAddress[];
  readonly nodes: readonly [SimNode, SimNode];
  readonly decide: typeof decide;
  readonly rules: DecisionRules;
  readonly listens: boolean;
  readonly preempts: boolean;
  weather: Weather = { ...FAIR };
  /** Whether adverts of node 0, 1 reach the other; whether questions of node 0, 1 are answered. */
  readonly adverts: [boolean, boolean] = [true, true];
  readonly words: [boolean, boolean] = [true, true];
  readonly #story: string[] = [];
  readonly #isTold: boolean;
  #offence: string | undefined;
  #events: { readonly at: number; readonly act: () => void }[] = [];

  constructor(seed: number, decideUnderTest: typeof decide, isTold: boolean) {
    const random = (this.random = new Random(seed));
    this.decide = decideUnderTest;
    this.#isTold = isTold;
    this.rules = {
      advertInt: 1,
      allowForeign: random.chance(0.2),
      mechanism: random.chance(0.2) ? "havip" : "secondary-private-ip",
      incumbentKeeps: random.chance(0.3),
    };
    this.listens = random.chance(0.7);
    this.preempts = random.chance(0.2);
    const readings = { parkedMigrates: random.chance(0.5), eipFollows: random.chance(0.5) };
    this.addresses = Array.from({ length: random.oneOf([1, 1, 2, 3]) }, () => new SimAddress(readings));
    this.nodes = [new SimNode(this, 0), new SimNode(this, 1)];
  }

  get mechanism(): DecisionRules["mechanism"] {
    return this.rules.mechanism;
  }

  note(line: string): void {
    if (this.#isTold) this.#story.push(`${(this.now / 1000).toFixed(2)} ${line}`);
  }

  offend(offence: string): void {
    this.note(offence);
    this.#offence ??= offence;
  }

  /** An advert of a node on its way to the other. */
  advert(from: 0 | 1, priority: number): void {
    if (this.adverts[from] && !this.random.chance(this.weather.loss / 2)) this.nodes[from === 0 ? 1 : 0].hear(priority);
  }

  /** A question of a node to its peer, and the answer. */
  question(from: 0 | 1): ReturnType<SimNode["answer"]> {
    return this.words[from] ? this.nodes[from === 0 ? 1 : 0].answer() : undefined;
  }

  /** Misfortunes for a while; then all is well, or one node is gone for good, and the pair has to serve. */
  run(): Ending {
    const { random } = this;
    const duration = random.between(10_000, 40_000);
    for (let count = Math.ceil(random.between(0, 6)); count > 0; count -= 1) {
      this.#at(random.between(0, duration), () => this.#misfortune());
    }
    this.#pass(duration);
    this.#heal(random.chance(0.3) ? random.oneOf([0, 1] as const) : undefined);
    const healed = this.now;
    let goodSince = this.now;
    let marks = this.#marks();
    while (this.now - healed < PATIENCE_MS && this.#offence === undefined) {
      this.#pass(STEP_MS);
      const next = this.#marks();
      if (!this.#serves() || next !== marks) goodSince = this.now;
      marks = next;
      if (this.now - goodSince >= QUIET_MS) return this.#ending(goodSince - healed);
    }
    return this.#ending(undefined);
  }

  /**
   * A pair that nothing happens to, until the machine of its MASTER crashes.
   *
   * @returns how long it takes, in ms, until the other node is MASTER; undefined where it does not, or the pair did not serve
   */
  crash(): Pick<Ending, "story"> & { readonly electedAfter: number | undefined } {
    this.#pass(this.random.between(40_000, 42_000));
    const master = this.nodes.find(({ isMaster }) => isMaster);
    const crashed = this.now;
    if (!master || !this.#serves()) return { electedAfter: undefined, story: this.#story };
    this.note(`${master.name} crashes`);
    master.isUp = false;
    while (this.now - crashed < PATIENCE_MS && !this.nodes.some(({ isMaster }) => isMaster)) this.#pass(STEP_MS);
    return {
      electedAfter: this.nodes.some(({ isMaster }) => isMaster) ? this.now - crashed : undefined,
      story: this.#story,
    };
  }

  #ending(servedAfter: number | undefined): Ending {
    return { offence: this.#offence, servedAfter, story: this.#story };
  }

  #at(at: number, act: () => void): void {
    this.#events.push({ at: this.now + at, act });
  }

  #pass(ms: number): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now += STEP_MS;
      const due = this.#events.filter(({ at }) => at <= this.now);
      if (due.length > 0) this.#events = this.#events.filter(({ at }) => at > this.now);
      for (const { act } of due) act();
      for (const address of this.addresses) address.pass(this.now);
      for (const node of this.nodes) node.pass();
    }
  }

  /** What must stand still once the pair serves. */
  #marks(): number {
    let marks = 0;
    for (const { moves } of this.addresses) marks += moves;
    for (const { changes } of this.nodes) marks += changes;
    return marks;
  }

  #serves(): boolean {
    const masters = this.nodes.filter(({ isMaster }) => isMaster);
    const [master] = masters;
    if (masters.length !== 1 || !master) return false;
    return this.addresses.every(({ hasEip, place, task }) => {
      if (task) return false;
      return (
        (place === "foreign" && !this.rules.allowForeign && this.mechanism !== "havip") ||
        (place === master.who && hasEip)
      );
    });
  }

  /** Everything is well again, but that one node may be ill or gone for good. */
  #heal(lost: 0 | 1 | undefined): void {
    this.note("nothing else goes wrong from now on");
    this.#events = [];
    this.weather = { ...FAIR };
    for (const who of [0, 1] as const) this.adverts[who] = this.words[who] = true;
    for (const node of this.nodes) {
      node.hasApi = true;
      node.isFrozen = false;
      node.isIll = false;
      node.thawListener();
      if (node.listener === "lost") node.listen();
      if (!node.isUp) node.boot();
      else if (node.vrrp === "DEAD" || node.vrrp === "STOP") node.startKeepalived();
    }
    if (lost === undefined) return;
    this.note(`but for the ${this.nodes[lost].name}`);
    const ending = this.random.oneOf(["ill", "crashed", "stopped"]);
    if (ending === "ill") this.nodes[lost].isIll = true;
    else if (ending === "crashed") this.nodes[lost].isUp = false;
    else this.nodes[lost].stopKeepalived();
  }

  #misfortune(): void {
    const { addresses, nodes, random, weather } = this;
    const ms = random.between(100, 15_000);
    const node = random.oneOf(nodes);
    const { who } = node;
    const during = (what: string, begin: () => void, end: () => void) => {
      this.note(`${what}, ${node.name}, for ${(ms / 1000).toFixed(1)} s`);
      begin();
      this.#at(ms, end);
    };
    const link = (links: [boolean, boolean], each: readonly (0 | 1)[], isUp: boolean) => () => {
      for (const one of each) links[one] = isUp;
    };
    const sides = random.chance(0.3) ? [who] : ([0, 1] as const);
    const address = random.oneOf(addresses);
    const kinds: readonly (() => void)[] = [
      () => during(`adverts cut (${sides})`, link(this.adverts, sides, false), link(this.adverts, sides, true)),
      () => during(`adverts cut (${sides})`, link(this.adverts, sides, false), link(this.adverts, sides, true)),
      () => during(`words cut (${sides})`, link(this.words, sides, false), link(this.words, sides, true)),
      () =>
        during(
          "API cut",
          () => (node.hasApi = false),
          () => (node.hasApi = true),
        ),
      () =>
        during(
          "checks fail",
          () => (node.isIll = true),
          () => (node.isIll = false),
        ),
      () =>
        during(
          "crash",
          () => (node.isUp = false),
          () => node.isUp || node.boot(),
        ),
      () =>
        during(
          "keepalived killed",
          () => node.killKeepalived(),
          () => node.vrrp === "DEAD" && node.startKeepalived(),
        ),
      () =>
        during(
          "keepalived stopped",
          () => node.stopKeepalived(),
          () => node.vrrp === "STOP" && node.startKeepalived(),
        ),
      () =>
        during(
          "agent frozen",
          () => (node.isFrozen = true),
          () => (node.isFrozen = false),
        ),
      () => {
        this.note(`agent restarted, ${node.name}`);
        node.restartAgent();
      },
      () =>
        during(
          "listener lost",
          () => (node.listener = "lost"),
          () => node.listener === "lost" && node.listen(),
        ),
      () =>
        during(
          "listener frozen",
          () => (node.listener = "frozen"),
          () => node.thawListener(),
        ),
      () =>
        during(
          "slow tasks",
          () => (weather.slowTasks = true),
          () => (weather.slowTasks = false),
        ),
      () =>
        during(
          "hidden tasks",
          () => (weather.hiddenTasks = true),
          () => (weather.hiddenTasks = false),
        ),
      () =>
        during(
          "failing tasks",
          () => (weather.failingTasks = true),
          () => (weather.failingTasks = false),
        ),
      () =>
        during(
          "stale reads",
          () => (weather.staleMs = random.between(500, 10_000)),
          () => (weather.staleMs = 0),
        ),
      () =>
        during(
          "losses",
          () => (weather.loss = random.between(0.05, 0.5)),
          () => (weather.loss = 0),
        ),
      () => node.forget(),
      () => (node.isStuck = node.vrrp === "BACKUP"),
      () => (address.eipAt = undefined),
      () => address.put(random.oneOf<Place>([0, 1, "parked", "none", "foreign"]), this.now),
    ];
    random.oneOf(kinds)();
  }
}
