import * as f from "./layout.ts";
import { base, NODES, type Pair } from "./pair.ts";
import type { Disturbance, Setup } from "./setup.ts";

/** Visits everything that may happen to a pair between two ticks: what breaks costs one of the budget, what heals is free. */
export class Events {
  readonly #pair: Pair;
  readonly #setup: Setup;
  readonly #possible: ReadonlySet<Disturbance>;
  readonly #before: f.Fields = new Uint8Array(f.FIELDS);

  constructor(pair: Pair, setup: Setup) {
    this.#pair = pair;
    this.#setup = setup;
    this.#possible = new Set(setup.disturbances);
  }

  /** Calls `found` after each event, and undoes it then. */
  visit(found: () => void): void {
    const { fields } = this.#pair;
    this.#before.set(fields);
    this.#heal(found);
    if (fields[f.HANDS]) this.#moveByHand(found);
    if (fields[f.BUDGET]) this.#break(found);
  }

  #heal(found: () => void): void {
    const { fields } = this.#pair;
    for (const who of NODES) {
      const at = base(who);
      if (!fields[f.ADVERTS + who]) this.#set(f.ADVERTS + who, 1, found);
      if (!fields[f.WORDS + who] && this.#setup.hasWords) this.#set(f.WORDS + who, 1, found);
      if (fields[at + f.API] !== f.WHOLE) this.#set(at + f.API, f.WHOLE, found);
      if (fields[at + f.ILL]) this.#set(at + f.ILL, 0, found);
      if (fields[at + f.FROZEN]) this.#thaw(who, f.FROZEN, found);
      if (fields[at + f.LISTENER] === f.DEAF) this.#thaw(who, f.LISTENER, found);
      if (fields[at + f.LISTENER] === f.LOST) this.#set(at + f.LISTENER, f.LISTENS, found);
      if (fields[at + f.UP] && fields[at + f.VRRP] !== f.DOWN) continue;
      this.#pair.bringBack(who);
      this.#done(found);
    }
  }

  /** An agent, or what listens for it, goes on: what has come meanwhile counts as heard now. Or the agent is replaced. */
  #thaw(who: number, field: number, found: () => void): void {
    const { fields } = this.#pair;
    const at = base(who);
    this.#set(at + field, 0, found);
    if (this.#setup.listens) {
      fields[at + field] = 0;
      this.#set(at + f.UNHEARD, 0, found);
    }
    this.#pair.restartAgent(who);
    this.#done(found);
  }

  #moveByHand(found: () => void): void {
    const { fields } = this.#pair;
    for (const holder of this.#setup.handTargets) {
      if (fields[f.HOLDER] === holder) continue;
      (fields[f.HANDS] as number) -= 1;
      // An address that is taken off its interface loses its EIP.
      if (holder === f.NONE) fields[f.EIP] = f.UNBOUND;
      this.#set(f.HOLDER, holder, found);
    }
  }

  #break(found: () => void): void {
    const { fields } = this.#pair;
    if (this.#breaks("adverts cut", fields[f.ADVERTS], fields[f.ADVERTS + 1])) {
      fields[f.ADVERTS] = 0;
      this.#set(f.ADVERTS + 1, 0, found);
    }
    if (this.#breaks("words cut", fields[f.WORDS], fields[f.WORDS + 1])) {
      fields[f.WORDS] = 0;
      this.#set(f.WORDS + 1, 0, found);
    }
    if (this.#breaks("EIP unbound", fields[f.EIP])) this.#set(f.EIP, f.UNBOUND, found);
    for (const who of NODES) this.#breakNode(who, found);
  }

  #breakNode(who: number, found: () => void): void {
    const { fields } = this.#pair;
    const at = base(who);
    const isUp = fields[at + f.UP];
    const runs = fields[at + f.VRRP] === f.DOWN ? 0 : isUp;
    if (this.#breaks("one-way adverts", fields[f.ADVERTS + who])) this.#set(f.ADVERTS + who, 0, found);
    if (this.#breaks("one-way words", fields[f.WORDS + who])) this.#set(f.WORDS + who, 0, found);
    if (this.#breaks("API cut", fields[at + f.API])) this.#set(at + f.API, f.CUT, found);
    const mayWrite = fields[at + f.API] === f.WHOLE ? 1 : 0;
    if (this.#breaks("writes refused", mayWrite)) this.#set(at + f.API, f.READ_ONLY, found);
    if (this.#breaks("illness", fields[at + f.ILL] ? 0 : 1)) this.#set(at + f.ILL, 1, found);
    if (this.#breaks("crash", isUp)) this.#set(at + f.UP, 0, found);
    if (this.#breaks("keepalived killed", runs)) this.#set(at + f.VRRP, f.DOWN, found);
    if (this.#breaks("agent frozen", isUp, fields[at + f.FROZEN] ? 0 : 1)) this.#set(at + f.FROZEN, 1, found);
    if (this.#breaks("agent restarted", isUp)) {
      this.#pair.restartAgent(who);
      this.#done(found);
    }
    const listens = isUp && this.#setup.listens && fields[at + f.LISTENER] === f.LISTENS ? 1 : 0;
    if (this.#breaks("listener lost", listens)) this.#set(at + f.LISTENER, f.LOST, found);
    if (this.#breaks("listener frozen", listens)) this.#set(at + f.LISTENER, f.DEAF, found);
    if (this.#breaks("interface lost", runs, fields[at + f.STUCK] ? 0 : 1)) {
      fields[at + f.VRRP] = f.BACKUP;
      this.#set(at + f.STUCK, 1, found);
    }
  }

  /** Whether something can break: then it costs one of the budget. */
  #breaks(kind: Disturbance, one: number | undefined, other: number | undefined = 1): boolean {
    if (!one || !other || !this.#possible.has(kind)) return false;
    (this.#pair.fields[f.BUDGET] as number) -= 1;
    return true;
  }

  #set(field: number, value: number, found: () => void): void {
    this.#pair.fields[field] = value;
    this.#done(found);
  }

  #done(found: () => void): void {
    this.#pair.tidy();
    found();
    this.#pair.fields.set(this.#before);
  }
}

/** From now on nothing goes wrong any more, but for what is wrong for good. */
export function close(pair: Pair, { forGood, hasWords }: Pick<Setup, "forGood" | "hasWords">): void {
  const { fields } = pair;
  fields[f.BUDGET] = fields[f.HANDS] = 0;
  fields[f.CLOSED] = 1;
  for (const who of NODES) {
    const at = base(who);
    fields[at + f.API] = forGood.api?.[who] ? f.CUT : forGood.writes?.[who] ? f.READ_ONLY : f.WHOLE;
    fields[at + f.FROZEN] = 0;
    fields[at + f.LISTENER] = forGood.listenerLost?.[who] ? f.LOST : forGood.listenerFrozen?.[who] ? f.DEAF : f.LISTENS;
    fields[at + f.ILL] = forGood.ill === who ? 1 : 0;
    fields[f.ADVERTS + who] = forGood.adverts?.[who] ? 0 : 1;
    fields[f.WORDS + who] = forGood.words?.[who] || !hasWords ? 0 : 1;
    if (forGood.shutDown === who) pair.sayGoodbye(who);
    if (forGood.crashed === who || forGood.shutDown === who) {
      fields[at + f.UP] = 0;
      continue;
    }
    pair.bringBack(who);
    if (forGood.keepalivedDead === who) fields[at + f.VRRP] = f.DOWN;
    if (forGood.stuck) {
      fields[at + f.STUCK] = 1;
      fields[at + f.VRRP] = f.BACKUP;
    }
  }
  pair.tidy();
}

/** Whether the pair serves, and is at rest: one MASTER that has the address and its EIP, and a standby where one can be. */
export function isServing({ fields }: Pair, { allowForeign, forGood, listens, seesInterface }: Setup): boolean {
  if (fields[f.TASKS + f.ON] || fields[f.TASKS + f.TASK_FIELDS + f.ON]) return false;
  const masters = NODES.filter((who) => fields[base(who) + f.UP] && fields[base(who) + f.VRRP] === f.MASTER);
  // Two MASTERs that do not hear each other, and do not yield, stay MASTER for good: one of them serves.
  if (forGood.adverts?.every(Boolean) && !listens) {
    return masters.includes(fields[f.HOLDER] as 0 | 1) && fields[f.EIP] === f.BOUND;
  }
  const [master] = masters;
  if (masters.length !== 1 || master === undefined) return false;
  const standby = fields[base(1 - master) + f.VRRP];
  // One that has lost its interface is no standby; where nobody can see that, nobody can be asked to bring it back.
  if (seesInterface && fields[base(1 - master) + f.STUCK]) return false;
  const isWhole = Object.keys(forGood).every((each) => ["words", "api", "writes", "listenerLost"].includes(each));
  if (isWhole && standby !== f.BACKUP) return false;
  if (fields[f.HOLDER] === f.FOREIGN && !allowForeign) return true;
  return fields[f.HOLDER] === master && fields[f.EIP] === f.BOUND;
}
