import type { Choices } from "./choices.ts";
import * as f from "./layout.ts";
import type { Setup } from "./setup.ts";
import { Decider, LONG_AGO, LONGEST_HOLD, LONGEST_MASTERLESS, type Verdict } from "./view.ts";

/** Adverts that a BACKUP misses before it is elected; the skew, and jitter, may cost one tick more. */
const ELECTION = 3;
/** A word of such an age, and of any greater one, is as good as none. */
const OLD_WORD = 3;
/** What the memory can come to while every wait has a cap, and every yield rests on a word. */
const MOST_TRIES = 3;
const LONGEST_YIELD = 3;
const MAX_REIGN = 3;
const MAX_UNHEARD = 3;
/** In how many ticks keepalived announces a HAVIP anew, less one: garp_master_refresh. */
const ARP_TICKS = 3;
const MAX_DESERTED = 31;

/** What the stronger node, which is the first, need not remember. */
const FORGOTTEN = [f.ATTEMPTS, f.TRIED, f.NOTIFIED, f.KNOWN, f.LATE] as const;

/** What an agent has in its own memory: a new one has nothing of it, and listens. The end of a yield is in a file. */
const OF_THE_AGENT = [
  ...[f.FROZEN, f.REIGN, f.KNOWN, f.ATTEMPTS, f.TRIED, f.HOLDING, f.HANDOVERS, f.WORD, f.WORD_AGE],
  ...[f.UNHEARD, f.MASTERLESS, f.RESTARTS, f.SKIPPED, f.LISTENER],
];

/** The two nodes. */
export const NODES = [0, 1] as const;

/** Where a node's fields begin. */
export const base = (who: number): number => who * f.NODE_FIELDS;

/** Two nodes, a cloud and links, a tick of one advert interval at a time, with every choice that chance has. */
export class Pair {
  readonly decider: Decider;
  readonly fields: f.Fields = new Uint8Array(f.FIELDS);
  /** What must never happen, and has: for whoever asks after a step. */
  offence: string | undefined;
  readonly #setup: Setup;
  readonly #possible: ReadonlySet<string>;
  readonly #before: f.Fields = new Uint8Array(f.FIELDS);
  #choices: Choices | undefined;
  /** Whether adverts of the peer were on the wire in this tick, for each node. */
  readonly #isHeard: [boolean, boolean] = [false, false];

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#possible = new Set(setup.disturbances);
    this.decider = new Decider(setup);
  }

  /** Two nodes that boot, with everything well. */
  boot(): void {
    const { budget, hands, mechanism } = this.#setup;
    this.fields.fill(0);
    for (const who of NODES) {
      this.fields[base(who) + f.API] = f.WHOLE;
      this.#start(who);
      this.fields[f.ADVERTS + who] = 1;
      this.fields[f.WORDS + who] = this.#setup.hasWords ? 1 : 0;
    }
    this.fields[f.HOLDER] = mechanism === "havip" ? f.NONE : f.PARKED;
    this.fields[f.EIP] = f.BOUND;
    this.fields[f.BUDGET] = budget;
    this.fields[f.HANDS] = hands;
    this.tidy();
  }

  /** One tick: adverts, elections, words, the two agents, the cloud's tasks. */
  tick(choices: Choices): void {
    this.#choices = choices;
    this.offence = undefined;
    this.#before.set(this.fields);
    for (const who of NODES) this.#grow(who);
    for (const who of NODES) this.#runKeepalived(who);
    if (this.#setup.mechanism === "havip") for (const who of NODES) this.#announceAgain(who);
    for (const who of NODES) this.#hearWord(who);
    const first = this.#setup.anyOrder && this.#pick(2) === 1 ? 1 : 0;
    this.#runAgent(first);
    this.#runAgent(1 - first);
    this.#runTask(f.TASKS);
    this.#runTask(f.TASKS + f.TASK_FIELDS);
    if (this.#setup.measuresDesertion) this.#measureDesertion();
    this.tidy();
  }

  /** A machine boots: all that it had in /run is gone. */
  #start(who: number): void {
    const { fields } = this;
    const at = base(who);
    const api = fields[at + f.API] as number;
    const ill = fields[at + f.ILL] as number;
    fields.fill(0, at, at + f.NODE_FIELDS);
    fields[at + f.API] = api;
    fields[at + f.ILL] = ill;
    fields[at + f.UP] = 1;
    fields[at + f.VRRP] = f.BACKUP;
  }

  /** A machine boots, or its keepalived is started again. */
  bringBack(who: number): void {
    const at = base(who);
    if (!this.fields[at + f.UP]) this.#start(who);
    else if (this.fields[at + f.VRRP] === f.DOWN) {
      this.fields[at + f.VRRP] = f.BACKUP;
      this.fields[at + f.SILENT] = this.fields[at + f.SAYS_FAULT] = this.fields[at + f.STUCK] = 0;
    }
  }

  /** The agent begins anew: what it remembers is gone, and that it begins to listen counts as an advert. */
  restartAgent(who: number): void {
    const { fields } = this;
    for (const name of OF_THE_AGENT) fields[base(who) + name] = 0;
  }

  /** Time passes. */
  #grow(who: number): void {
    const { fields } = this;
    const at = base(who);
    if (!fields[at + f.UP]) return;
    if (fields[at + f.VRRP] === f.MASTER) grow(fields, at + f.REIGN, MAX_REIGN);
    if (fields[at + f.ATTEMPTS]) grow(fields, at + f.TRIED, LONG_AGO);
    if (fields[at + f.HOLDING]) grow(fields, at + f.HOLDING, LONGEST_HOLD);
    if (fields[at + f.MASTERLESS]) grow(fields, at + f.MASTERLESS, LONGEST_MASTERLESS);
    if (fields[at + f.WORD]) grow(fields, at + f.WORD_AGE, OLD_WORD);
    if (fields[at + f.YIELD]) (fields[at + f.YIELD] as number) -= 1;
    if (this.#setup.listens) grow(fields, at + f.UNHEARD, MAX_UNHEARD);
  }

  #hears(who: number): boolean {
    const peer = base(1 - who);
    const before = this.#before;
    return (
      before[peer + f.VRRP] === f.MASTER &&
      before[peer + f.UP] === 1 &&
      before[peer + f.STUCK] === 0 &&
      before[f.ADVERTS + 1 - who] === 1 &&
      // Just before it goes into FAULT there may have been another advert.
      (this.fields[peer + f.VRRP] !== f.FAULT || this.#pick(2) === 1)
    );
  }

  #runKeepalived(who: number): void {
    const { fields } = this;
    const at = base(who);
    if (!fields[at + f.UP]) return;
    // Whoever goes into FAULT in this tick has said goodbye, which keeps no BACKUP waiting.
    const saysGoodbye = fields[base(1 - who) + f.VRRP] === f.FAULT;
    const hears = this.#hears(who);
    this.#isHeard[who] = hears;
    if (hears && fields[at + f.LISTENER] !== f.DEAF) fields[at + f.UNHEARD] = 0;
    this.#runScript(at);
    const vrrp = fields[at + f.VRRP];
    if (vrrp === f.DOWN || fields[at + f.STUCK]) return;
    if (fields[at + f.ILL] || fields[at + f.HELD]) {
      if (vrrp !== f.FAULT) this.#fail(who);
    } else if (vrrp === f.FAULT) this.#become(who, f.BACKUP);
    else if (vrrp === f.MASTER) {
      if (hears && who === 1) this.#become(who, f.BACKUP);
    } else if (hears && !saysGoodbye && (who === 1 || !this.#setup.preempts)) fields[at + f.SILENT] = 0;
    else if ((fields[at + f.SILENT] as number) < ELECTION) (fields[at + f.SILENT] as number) += 1;
    else if (fields[at + f.SILENT] === ELECTION + 1 || this.#pick(2) === 0) this.#become(who, f.MASTER);
    else (fields[at + f.SILENT] as number) += 1;
  }

  /** The tracked script holds keepalived in FAULT while the yield lasts, perhaps a tick later. */
  #runScript(at: number): void {
    const { fields } = this;
    const wanted = fields[at + f.YIELD] ? 1 : 0;
    if (fields[at + f.HELD] === wanted) fields[at + f.LAG] = 0;
    else if (this.#setup.lags && !fields[at + f.LAG] && this.#pick(2) === 1) fields[at + f.LAG] = 1;
    else {
      fields[at + f.HELD] = wanted;
      fields[at + f.LAG] = 0;
    }
  }

  /** Into FAULT: a MASTER says goodbye. */
  #fail(who: number): void {
    const wasMaster = this.fields[base(who) + f.VRRP] === f.MASTER;
    this.#become(who, f.FAULT);
    if (wasMaster) this.#release(who);
  }

  /** A MASTER ends in good order. */
  sayGoodbye(who: number): void {
    if (this.fields[base(who) + f.VRRP] === f.MASTER) this.#release(who);
  }

  /** An advert of priority 0, after which the peer that hears it need not wait for three adverts. */
  #release(who: number): void {
    const { fields } = this;
    const peer = base(1 - who);
    if (fields[f.ADVERTS + who] && fields[peer + f.VRRP] === f.BACKUP) fields[peer + f.SILENT] = ELECTION;
  }

  #become(who: number, state: number): void {
    const { fields } = this;
    const at = base(who);
    fields[at + f.VRRP] = state;
    fields[at + f.SILENT] = fields[at + f.REIGN] = 0;
    if (state === f.MASTER && this.#setup.mechanism === "havip") this.#announce(who);
    const fate = this.#may("notification") ? this.#pick(state === f.MASTER ? 3 : 2) : 0;
    if (fate > 0) this.#spend();
    fields[at + f.LATE] = fate === 2 ? 1 : 0;
    if (fate === 0) this.#notify(at, state);
  }

  #notify(at: number, state: number): void {
    const { fields } = this;
    fields[at + f.LATE] = fields[at + f.KNOWN] = 0;
    fields[at + f.NOTIFIED] = state === f.MASTER ? 1 : 0;
    fields[at + f.SAYS_FAULT] = state === f.FAULT ? 1 : 0;
  }

  /** Both agents answer each other, unless one is frozen; what is answered may be from just before or after a change. */
  #hearWord(who: number): void {
    const { fields } = this;
    const at = base(who);
    const peer = base(1 - who);
    if (!fields[at + f.UP]) return;
    if (fields[peer + f.UP] && fields[f.WORDS + who] && !fields[peer + f.FROZEN] && !fields[at + f.FROZEN]) {
      const earlier = said(this.#before, peer);
      const later = said(fields, peer);
      fields[at + f.WORD] = earlier !== later && this.#pick(2) === 0 ? earlier : later;
      fields[at + f.WORD_AGE] = 0;
    }
  }

  #runAgent(who: number): void {
    const { fields } = this;
    const at = base(who);
    if (!fields[at + f.UP] || fields[at + f.FROZEN]) return;
    const comes = fields[at + f.LATE] && this.#pick(2) === 0;
    if (comes) this.#notify(at, f.MASTER);
    // A pass may be left out, but not two in a row, and not after a notification.
    if (!comes && this.#setup.skips && !fields[at + f.SKIPPED] && this.#pick(2) === 0) {
      fields[at + f.SKIPPED] = 1;
      return;
    }
    fields[at + f.SKIPPED] = 0;
    this.#obey(who, this.decider.ask(fields, who));
  }

  #obey(who: number, verdict: Verdict): void {
    const { fields } = this;
    const at = base(who);
    const holder = fields[f.HOLDER] as number;
    const isServing = fields[at + f.VRRP] === f.MASTER && holder === who && !fields[at + f.YIELD];
    if (verdict.yields > 0 && isServing && this.#setup.mechanism !== "havip") this.offence = "yields while it serves";
    if (verdict.yields > LONGEST_YIELD) this.offence = "yields for longer than a word is good";
    if (verdict.attempts > MOST_TRIES || verdict.helps > MOST_TRIES)
      this.offence = "waits longer and longer, without a cap";
    const hears = fields[at + f.LISTENER] === f.DEAF ? this.#beginsDeaf(who) : fields[at + f.UNHEARD] === 0;
    if (verdict.yields > 0 && fields[at + f.LISTENER] === f.LOST) this.offence = "yields though nothing listens";
    if (verdict.yields > 0 && hears) this.offence = "yields while adverts arrive";
    if (verdict.yields > 0 && fields[at + f.WORD] === 1) this.offence = "yields to a peer that is not MASTER";
    fields[at + f.ATTEMPTS] = verdict.attempts;
    fields[at + f.TRIED] = verdict.tried;
    fields[at + f.HOLDING] = verdict.holding;
    fields[at + f.HANDOVERS] = verdict.helps;
    if (fields[at + f.VRRP] === f.MASTER) fields[at + f.KNOWN] = verdict.isKnown;
    fields[at + f.YIELD] = verdict.yields;
    fields[at + f.MASTERLESS] = verdict.masterless;
    fields[at + f.RESTARTS] = verdict.restarts;
    if (verdict.keepalived === "restart" && this.#setup.restarts) {
      fields[at + f.VRRP] = f.BACKUP;
      fields[at + f.STUCK] = fields[at + f.SILENT] = 0;
    }
    if (fields[at + f.API] === f.READ_ONLY && this.#setup.mechanism !== "havip") return;
    // Its word of this moment is what proves it to be MASTER.
    const isGone = !fields[base(1 - who) + f.UP];
    if (verdict.address === "hand over" && fields[at + f.VRRP] === f.MASTER && isGone)
      this.offence = "gives an address that it serves to a node that is gone";
    switch (verdict.address) {
      case "take":
        return this.#write(who, holder, who);
      case "hand over":
      case "assign to peer":
        return this.#write(who, holder, 1 - who);
      case "bind EIP":
        // What has stayed behind is unbound first, and bound in the next pass: perhaps by somebody else.
        fields[f.EIP] = fields[f.EIP] === f.LEFT_BEHIND ? f.UNBOUND : f.BOUND;
    }
  }

  /**
   * Whether adverts are on the wire that a frozen listener does not tell of, and no yield is going on: one may go on then,
   * but none may begin. A BACKUP of which the incumbent keeps does begin one, until the peer's word ends it: that no node
   * has that rule is a reason for it.
   */
  #beginsDeaf(who: number): boolean {
    return !this.#setup.incumbentKeeps && !this.fields[base(who) + f.YIELD] && (this.#isHeard[who] as boolean);
  }

  /** A call that moves the address: the task that it begins may not be visible. */
  #write(by: number, from: number, to: number): void {
    const { fields } = this;
    if (from === f.FOREIGN && !this.#setup.allowForeign) this.offence = "robs a foreign holder";
    if (fields[base(by) + f.VRRP] !== f.MASTER && to === by) this.offence = "takes without being MASTER";
    if (this.#setup.mechanism === "havip") return this.#announce(to);
    const free = fields[f.TASKS + f.ON] ? f.TASKS + f.TASK_FIELDS : f.TASKS;
    if (fields[free + f.ON]) return;
    fields[free + f.ON] = 1;
    fields[free + f.FROM] = from;
    fields[free + f.TO] = from === f.PARKED && !this.#setup.parkedMigrates ? f.NONE : to;
    fields[free + f.AGE] = fields[free + f.HIDDEN] = 0;
    if (this.#may("hidden task") && this.#pick(2) === 1) {
      fields[free + f.HIDDEN] = 1;
      this.#spend();
    }
  }

  /** The fabric takes an address to whoever announces it. */
  #announce(who: number): void {
    this.fields[f.HOLDER] = who;
    this.fields[base(who) + f.SINCE_ARP] = 0;
  }

  /** keepalived's garp_master_refresh: a MASTER announces the address again and again, at some time in so many ticks. */
  #announceAgain(who: number): void {
    const { fields } = this;
    const at = base(who);
    if (fields[at + f.VRRP] !== f.MASTER || fields[at + f.STUCK] || fields[f.HOLDER] === who) return;
    if ((fields[at + f.SINCE_ARP] as number) < ARP_TICKS && this.#pick(2) === 0) {
      (fields[at + f.SINCE_ARP] as number) += 1;
      return;
    }
    this.#announce(who);
  }

  #runTask(task: number): void {
    const { fields } = this;
    if (!fields[task + f.ON]) return;
    const age = fields[task + f.AGE] as number;
    const endings = this.#may("failing task") ? 2 : 1;
    const fate = this.#pick(age < this.#setup.taskTicks ? endings + 1 : endings);
    if (fate === endings) {
      fields[task + f.AGE] = age + 1;
      return;
    }
    fields[task + f.ON] = 0;
    if (fate === 1) this.#spend();
    else if (fields[f.HOLDER] === fields[task + f.FROM]) this.#put(fields[task + f.TO] as number);
  }

  /** The address is there from now on, with its EIP or without. */
  #put(holder: number): void {
    const { fields } = this;
    if (holder === f.NONE) fields[f.EIP] = f.UNBOUND;
    else if (fields[f.EIP] === f.BOUND && !this.#setup.eipFollows) fields[f.EIP] = f.LEFT_BEHIND;
    fields[f.HOLDER] = holder;
  }

  #measureDesertion(): void {
    const { fields } = this;
    const isServed = NODES.some((who) => fields[base(who) + f.UP] && fields[base(who) + f.VRRP] === f.MASTER);
    for (const who of NODES) {
      const at = base(who);
      const isWell =
        fields[at + f.UP] && !fields[at + f.ILL] && fields[at + f.VRRP] !== f.DOWN && !fields[at + f.STUCK];
      fields[at + f.DESERTED] =
        isWell && !isServed ? Math.min((fields[at + f.DESERTED] as number) + 1, MAX_DESERTED) : 0;
    }
  }

  /** After each step and event: what is over is over, and states that cannot be told apart become one. */
  tidy(): void {
    const { fields } = this;
    for (const who of NODES) {
      const at = base(who);
      if (!fields[at + f.UP]) fields[at + f.VRRP] = f.DOWN;
      if (fields[at + f.VRRP] !== f.MASTER) fields[at + f.LATE] = 0;
      // What begins to listen again begins anew.
      if (fields[at + f.LISTENER] === f.LOST) fields[at + f.UNHEARD] = 0;
      if (!this.#setup.restarts) fields[at + f.MASTERLESS] = fields[at + f.RESTARTS] = 0;
    }
    if (this.#setup.isLean) {
      for (const name of FORGOTTEN) fields[name] = 0;
      fields[f.REIGN] = Math.min(fields[f.REIGN] as number, 1);
    }
    if (!this.#setup.isCanonical) return;
    for (const who of NODES) this.#forgetUnread(base(who));
    this.#sortTasks();
  }

  /** What is set anew before anything reads it again. */
  #forgetUnread(at: number): void {
    const { fields } = this;
    if (!fields[at + f.UP]) {
      const [api, ill] = [fields[at + f.API], fields[at + f.ILL]];
      fields.fill(0, at, at + f.NODE_FIELDS);
      fields[at + f.API] = api as number;
      fields[at + f.ILL] = ill as number;
      fields[at + f.VRRP] = f.DOWN;
    }
    if (fields[at + f.VRRP] !== f.BACKUP) fields[at + f.SILENT] = 0;
    if (fields[at + f.VRRP] !== f.MASTER) fields[at + f.REIGN] = fields[at + f.SINCE_ARP] = 0;
    if (fields[at + f.WORD_AGE] === OLD_WORD) fields[at + f.WORD] = fields[at + f.WORD_AGE] = 0;
    if (!fields[at + f.ATTEMPTS]) fields[at + f.TRIED] = 0;
    if (!fields[at + f.NOTIFIED]) fields[at + f.KNOWN] = 0;
    if (this.#setup.isObserved) fields[at + f.SAYS_FAULT] = 0;
    if (!this.#setup.listens) fields[at + f.UNHEARD] = 0;
    if (!this.#setup.measuresDesertion) fields[at + f.DESERTED] = 0;
  }

  /** Which of the two tasks is which does not matter, nor what the place of one has that is over. */
  #sortTasks(): void {
    const { fields } = this;
    const two = f.TASKS + f.TASK_FIELDS;
    if (!fields[f.TASKS + f.ON]) fields.fill(0, f.TASKS, two);
    if (!fields[two + f.ON]) {
      fields.fill(0, two, two + f.TASK_FIELDS);
      return;
    }
    let index = 0;
    while (index < f.TASK_FIELDS - 1 && fields[f.TASKS + index] === fields[two + index]) index += 1;
    if ((fields[f.TASKS + index] as number) > (fields[two + index] as number)) return;
    for (; index < f.TASK_FIELDS; index += 1) {
      const value = fields[f.TASKS + index] as number;
      fields[f.TASKS + index] = fields[two + index] as number;
      fields[two + index] = value;
    }
  }

  #may(disturbance: Setup["disturbances"][number]): boolean {
    return (this.fields[f.BUDGET] as number) > 0 && this.#possible.has(disturbance);
  }

  #spend(): void {
    (this.fields[f.BUDGET] as number) -= 1;
  }

  #pick(limit: number): number {
    if (limit === 1) return 0;
    return (this.#choices as Choices).pick(limit);
  }
}

function grow(fields: f.Fields, field: number, longest: number): void {
  if ((fields[field] as number) < longest) (fields[field] as number) += 1;
}

/** What a node says of itself. */
function said(fields: f.Fields, at: number): number {
  if (fields[at + f.VRRP] !== f.MASTER) return 1;
  return fields[at + f.REIGN] ? 3 : 2;
}
