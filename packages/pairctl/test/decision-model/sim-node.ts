import type { VrrpState } from "../../src/contract/index.ts";
import {
  type SharedAddressFacts,
  type AddressMemory,
  NO_ADDRESS_MEMORY,
  NO_NODE_MEMORY,
  type NodeFacts,
  type NodeMemory,
  type PeerWord,
} from "../../src/protocol/decision/index.ts";
import type { Place } from "./sim-cloud.ts";
import type { Schedule } from "./schedule.ts";

export const ADVERT_MS = 1000;
/** Three adverts and the skew of the priorities 100 and 80. */
const ELECTION_MS = [3 * ADVERT_MS + 610, 3 * ADVERT_MS + 690] as const;
const ARP_REFRESH_MS = 5000;

/** A word on its way. */
interface Letter extends PeerWord {
  readonly arrivesAt: number;
  readonly holders: readonly (Place | "moving" | "unknown")[];
}

/** A node: keepalived with its tracked script, notifications, and the agent around the function under test. */
export class SimNode {
  readonly who: 0 | 1;
  isUp = true;
  isIll = false;
  isStuck = false;
  isFrozen = false;
  /** The process that hears adverts while keepalived is in FAULT. */
  listener: "well" | "lost" | "frozen" = "well";
  hasApi = true;
  vrrp: VrrpState = "BACKUP";
  /** How many times the state has changed: for who asks whether it does so for ever. */
  changes = 0;
  readonly #schedule: Schedule;
  #since = 0;
  #timerFrom = 0;
  #nextAdvert = 0;
  #nextArp = 0;
  #nextScript = 0;
  #isHeld = false;
  /** When an advert of the peer was last on the wire, and when the agent was last told of one. */
  #reachedAt = -Infinity;
  #heardAt: number | undefined;
  #notified: { readonly at: number; readonly state: VrrpState } | undefined;
  #pending: { readonly arrivesAt: number; readonly at: number; readonly state: VrrpState }[] = [];
  #seen: { state: VrrpState; since: number } | undefined;
  #word: Letter | undefined;
  #letters: Letter[] = [];
  #nextQuestion = 0;
  #nextLook = 0;
  #busyUntil: number[] = [];
  #memory: NodeMemory = NO_NODE_MEMORY;
  #addresses: AddressMemory[] = [];

  constructor(schedule: Schedule, who: 0 | 1) {
    this.#schedule = schedule;
    this.who = who;
    this.boot();
  }

  get isMaster(): boolean {
    return this.isUp && this.vrrp === "MASTER";
  }

  /** The machine boots, with an empty /run. */
  boot(): void {
    this.isUp = true;
    this.#memory = NO_NODE_MEMORY;
    this.restartAgent();
    this.#notified = undefined;
    this.#pending = [];
    this.#isHeld = false;
    this.startKeepalived();
  }

  /** An agent begins, with nothing but the files of the one before it: the last notification, and the end of a yield. */
  restartAgent(): void {
    this.isFrozen = false;
    this.#memory = { ...NO_NODE_MEMORY, yieldUntil: this.#memory.yieldUntil };
    this.forget();
    this.#word = this.#seen = undefined;
    this.#letters = [];
    this.listen();
  }

  /** Listens for adverts from now on, which counts as one. */
  listen(): void {
    this.listener = "well";
    this.#heardAt = this.#schedule.now;
  }

  /** What listens goes on, and takes what has come meanwhile for new. */
  thawListener(): void {
    if (this.listener !== "frozen") return;
    this.listener = "well";
    if (this.#reachedAt > (this.#heardAt ?? 0)) this.#heardAt = this.#schedule.now;
  }

  /** What a node remembers of its addresses is lost: it cannot write, or somebody empties /run. */
  forget(): void {
    this.#addresses = this.#schedule.addresses.map(() => NO_ADDRESS_MEMORY);
    this.#busyUntil = this.#schedule.addresses.map(() => 0);
  }

  startKeepalived(): void {
    this.isStuck = false;
    this.#become("BACKUP");
  }

  killKeepalived(): void {
    this.vrrp = "DEAD";
  }

  stopKeepalived(): void {
    if (this.isMaster) this.#goodbye();
    this.#become("STOP");
  }

  /** A short step of time. */
  pass(): void {
    if (!this.isUp) return;
    this.#runKeepalived();
    if (!this.isFrozen) this.#runAgent();
  }

  /** An advert of the peer comes in. */
  hear(priority: number): void {
    const { now } = this.#schedule;
    if (!this.isUp) return;
    this.#reachedAt = now;
    if (this.listener === "well") this.#heardAt = now;
    if (this.isStuck) return;
    if (priority === 0) this.#timerFrom = now - 3 * ADVERT_MS;
    else if (this.vrrp === "MASTER" && this.who === 1) this.#become("BACKUP");
    else if (this.who === 1 || !this.#schedule.preempts) this.#timerFrom = now;
  }

  #runKeepalived(): void {
    const { now, random } = this.#schedule;
    if (this.vrrp === "DEAD" || this.vrrp === "STOP" || this.isStuck) return;
    if (now >= this.#nextScript) {
      this.#nextScript = now + 1000;
      this.#isHeld = (this.#memory.yieldUntil ?? 0) > now;
    }
    if (this.isIll || this.#isHeld) {
      if (this.isMaster) this.#goodbye();
      if (this.vrrp !== "FAULT") this.#become("FAULT");
      return;
    }
    if (this.vrrp === "FAULT") this.#become("BACKUP");
    if (this.vrrp === "BACKUP" && now - this.#timerFrom > ELECTION_MS[this.who] + random.between(0, 50)) {
      this.#become("MASTER");
      this.#nextAdvert = this.#nextArp = now;
    }
    if (this.vrrp !== "MASTER") return;
    if (now >= this.#nextAdvert) {
      this.#nextAdvert = now + ADVERT_MS;
      this.#schedule.advert(this.who, 100);
    }
    if (this.#schedule.mechanism === "havip" && now >= this.#nextArp) {
      this.#nextArp = now + ARP_REFRESH_MS;
      for (const address of this.#schedule.addresses) address.announce(this.who, now);
    }
  }

  #goodbye(): void {
    this.#schedule.advert(this.who, 0);
  }

  #become(state: VrrpState): void {
    const { now, random, weather } = this.#schedule;
    this.vrrp = state;
    this.changes += 1;
    this.#since = this.#timerFrom = now;
    this.#schedule.note(`${this.name} is ${state}`);
    if (random.chance(weather.loss)) return;
    const late = random.chance(weather.loss) ? random.between(0, 4000) : random.between(1, 30);
    this.#pending.push({ at: now, state, arrivesAt: now + late });
  }

  get name(): string {
    return this.who === 0 ? "stronger" : "weaker";
  }

  #runAgent(): void {
    const { now, random } = this.#schedule;
    let isWoken = false;
    for (const notification of this.#pending) {
      if (now < notification.arrivesAt) continue;
      // An older one never replaces a newer one.
      if (notification.at >= (this.#notified?.at ?? 0)) this.#notified = notification;
      isWoken = true;
    }
    if (isWoken) this.#pending = this.#pending.filter(({ arrivesAt }) => now < arrivesAt);
    for (const letter of this.#letters) {
      if (now >= letter.arrivesAt && letter.askedAt > (this.#word?.askedAt ?? -1)) this.#word = letter;
    }
    if (this.#letters.length > 0) this.#letters = this.#letters.filter(({ arrivesAt }) => now < arrivesAt);
    if (isWoken || now >= this.#nextQuestion) {
      this.#nextQuestion = now + random.between(400, 900);
      this.#ask();
    }
    if (!isWoken && now < this.#nextLook) return;
    // A look takes as long as the API's answer: the word that was asked for at the same time has come by then.
    this.#nextLook = now + (isWoken ? 100 : random.between(400, 1000));
    if (!isWoken) this.#look();
  }

  #ask(): void {
    const { now, random, weather } = this.#schedule;
    const letter = this.#schedule.question(this.who);
    if (!letter || random.chance(weather.loss)) return;
    const delay = random.chance(weather.loss) ? random.between(0, 2500) : random.between(1, 60);
    this.#letters.push({ ...letter, askedAt: now, arrivesAt: now + delay });
  }

  /** What the agent says when it is asked. */
  answer(): Omit<Letter, "askedAt" | "arrivesAt"> | undefined {
    if (!this.isUp || this.isFrozen) return undefined;
    const { addresses, now, weather } = this.#schedule;
    const holders = addresses.map((address) => {
      if (!this.hasApi) return "unknown";
      const seen = address.seenBy(this.who, now, weather.staleMs);
      return seen === "moving" ? seen : seen === "mine" ? this.who : seen === "peer" ? this.#peer : (seen as Place);
    });
    return { state: this.#observed, forMs: now - this.#since, holders };
  }

  get #peer(): 0 | 1 {
    return this.who === 0 ? 1 : 0;
  }

  /** What keepalived is, as the agent sees it: one that lost its interface does not have the address. */
  get #observed(): VrrpState {
    return this.vrrp;
  }

  #look(): void {
    const { addresses, now, random, rules, weather } = this.#schedule;
    const state = this.#observed;
    if (this.#seen?.state !== state) this.#seen = { state, since: Math.min(now, this.#since + 20) };
    const promotion = this.#notified?.state === "MASTER" ? `${this.#notified.at}` : undefined;
    const facts: NodeFacts = {
      now,
      vrrp: state,
      since: this.#seen?.since ?? now,
      promotion,
      isStronger: this.who === 0,
      word: this.#word,
      adverts: this.#schedule.listens && this.listener !== "lost" ? { heardAt: this.#heardAt } : undefined,
      hasLostInterface: this.isStuck,
      memory: this.#memory,
    };
    const seen: SharedAddressFacts[] = addresses.map((address, index) => ({
      holder: this.hasApi ? address.seenBy(this.who, now, weather.staleMs) : "unknown",
      hasEip: address.hasEip || !this.hasApi,
      peerSees: this.#said(index),
      memory: this.#addresses[index] ?? NO_ADDRESS_MEMORY,
    }));
    const decision = this.#schedule.decide(facts, seen, rules);
    this.#obey(decision.keepalived.step);
    this.#memory = decision.keepalived.memory;
    decision.addresses.forEach(({ step, memory }, index) => {
      this.#addresses[index] = memory;
      const address = addresses[index];
      if (!address || !this.hasApi || now < (this.#busyUntil[index] ?? 0)) return;
      const from = address.seenBy(this.who, now, 0);
      const place = this.#place(seen[index]?.holder);
      if (step === "bind EIP") address.bindEip();
      if (step !== "take" && step !== "hand over" && step !== "assign to peer") return;
      this.#schedule.note(`${this.name} ${step} ${index}, which it sees ${seen[index]?.holder} and is ${from}`);
      if (rules.mechanism === "havip") return address.announce(this.who, now);
      if (place === "foreign" && !rules.allowForeign) this.#schedule.offend("robs a foreign holder");
      address.move(place, step === "take" ? this.who : this.#peer, now, weather, random);
      this.#busyUntil[index] = now + random.between(50, 400);
    });
  }

  #obey(step: string): void {
    const { now } = this.#schedule;
    // A listener that is frozen tells nothing: a yield may go on meanwhile, but none may begin, but for a rule that no node has.
    const begins = (this.#memory.yieldUntil ?? 0) <= now && !this.#schedule.rules.incumbentKeeps;
    if (step === "yield" && (this.listener !== "frozen" || begins) && now - this.#reachedAt < ADVERT_MS) {
      this.#schedule.offend("yields while adverts arrive");
    }
    if (step === "yield" && this.listener === "lost") this.#schedule.offend("yields though nothing listens");
    if (step === "restart") {
      this.#schedule.note(`${this.name} restarts keepalived`);
      this.startKeepalived();
    }
  }

  #place(holder: string | undefined): Place {
    if (holder === "mine") return this.who;
    if (holder === "peer") return this.#peer;
    return holder as Place;
  }

  /** Who has an address by the peer's word, in the peer's view. */
  #said(index: number): SharedAddressFacts["peerSees"] {
    const place = this.#word?.holders[index];
    if (place === undefined) return undefined;
    if (typeof place === "string") return place;
    return place === this.who ? "peer" : "mine";
  }
}
