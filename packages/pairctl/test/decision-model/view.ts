import type { AddressStep, Holder, KeepalivedStep, NodeFacts } from "../../src/protocol/decision/index.ts";
import * as field from "./layout.ts";
import type { Setup } from "./setup.ts";

const ADVERT_MS = 1000;
const NOW = 1_000_000;
/** An attempt of long ago: as good as any beyond the longest wait. */
export const LONG_AGO = 25;
/** Longer than the longest waits, and one more, since 0 says that it is not so. */
export const LONGEST_HOLD = 22;
export const LONGEST_MASTERLESS = 98;

const STATES = ["BACKUP", "MASTER", "FAULT", "DEAD"] as const;
export const ADDRESS_STEPS: readonly AddressStep[] = [
  "idle",
  "take",
  "hand over",
  "assign to peer",
  "keep",
  "bind EIP",
  "leave",
  "refuse",
  "look again",
];
export const KEEPALIVED_STEPS: readonly KeepalivedStep[] = ["nothing", "yield", "end yield", "restart"];
const HOLDERS: readonly Holder[] = ["mine", "peer", "parked", "none", "foreign", "moving", "unknown"];
const MOVING = 5;
const UNKNOWN = 6;

/** What the function said, in numbers. */
export interface Verdict {
  readonly address: AddressStep;
  readonly keepalived: KeepalivedStep;
  readonly attempts: number;
  readonly tried: number;
  readonly holding: number;
  readonly helps: number;
  readonly isKnown: number;
  readonly yields: number;
  readonly masterless: number;
  readonly restarts: number;
}

/** Asks the function under test what a node decides, once for each thing that a node can know. */
export class Decider {
  readonly #setup: Setup;
  readonly #verdicts = new Map<number, Map<number, Verdict>>();
  /** How many different things a node knew. */
  views = 0;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** What node `who` decides now. */
  ask(fields: field.Fields, who: number): Verdict {
    const at = who * field.NODE_FIELDS;
    const holder = this.#holder(fields, who);
    const peerSees = this.#peerSees(fields, who);
    const state = this.#state(fields, at);
    // Two halves of up to 30 bits each.
    let high = state;
    high = (high << 3) | (fields[at + field.REIGN] as number);
    high = (high << 3) | (fields[at + field.SILENT] as number);
    high = (high << 2) | ((fields[at + field.NOTIFIED] as number) << 1) | (fields[at + field.KNOWN] as number);
    high = (high << 2) | (fields[at + field.WORD] as number);
    high = (high << 2) | (fields[at + field.WORD_AGE] as number);
    high = (high << 2) | (fields[at + field.UNHEARD] as number);
    high = (high << 3) | holder;
    high = (high << 3) | peerSees;
    high = (high << 3) | (who << 2) | ((fields[at + field.STUCK] as number) << 1) | (hasEip(fields) ? 1 : 0);
    high = (high << 1) | (fields[at + field.LISTENER] === field.LOST ? 1 : 0);
    let low = fields[at + field.ATTEMPTS] as number;
    low = (low << 5) | (fields[at + field.TRIED] as number);
    low = (low << 5) | (fields[at + field.HOLDING] as number);
    low = (low << 2) | (fields[at + field.HANDOVERS] as number);
    low = (low << 2) | (fields[at + field.YIELD] as number);
    low = (low << 7) | (fields[at + field.MASTERLESS] as number);
    low = (low << 3) | (fields[at + field.RESTARTS] as number);
    let row = this.#verdicts.get(high);
    if (row === undefined) this.#verdicts.set(high, (row = new Map()));
    let verdict = row.get(low);
    if (verdict === undefined) {
      row.set(
        low,
        (verdict = this.#decide(
          (name) => fields[at + name] as number,
          STATES[state] as NodeFacts["vrrp"],
          who,
          holder,
          peerSees,
          fields,
        )),
      );
      this.views += 1;
    }
    return verdict;
  }

  #state(fields: field.Fields, at: number): number {
    const vrrp = fields[at + field.VRRP] as number;
    if (this.#setup.isObserved || vrrp === field.MASTER || vrrp === field.DOWN) return vrrp;
    return fields[at + field.SAYS_FAULT] ? field.FAULT : field.BACKUP;
  }

  /** Who has the address, as the cloud tells this node. */
  #holder(fields: field.Fields, who: number): number {
    if (!fields[who * field.NODE_FIELDS + field.API]) return UNKNOWN;
    for (let task = field.TASKS; task < field.TASKS + 2 * field.TASK_FIELDS; task += field.TASK_FIELDS) {
      if (fields[task + field.ON] && !fields[task + field.HIDDEN]) return MOVING;
    }
    return seenBy(who, fields[field.HOLDER] as number);
  }

  /** Who has it, as the peer's word tells; 7 where there is none. */
  #peerSees(fields: field.Fields, who: number): number {
    return fields[who * field.NODE_FIELDS + field.WORD] ? this.#holder(fields, 1 - who) : 7;
  }

  #decide(
    get: (name: number) => number,
    vrrp: NodeFacts["vrrp"],
    who: number,
    holder: number,
    peerSees: number,
    fields: field.Fields,
  ): Verdict {
    const setup = this.#setup;
    const before = (ticks: number) => NOW - ticks * ADVERT_MS;
    const word = get(field.WORD);
    const promotion = get(field.NOTIFIED) ? "the last" : undefined;
    const decision = setup.decide(
      {
        now: NOW,
        vrrp,
        since: before(vrrp === "MASTER" ? get(field.REIGN) : vrrp === "BACKUP" ? get(field.SILENT) : 0),
        promotion,
        isStronger: who === 0,
        word:
          word === 0
            ? undefined
            : {
                state: word === 1 ? "BACKUP" : "MASTER",
                forMs: word === 3 ? ADVERT_MS : 0,
                askedAt: before(get(field.WORD_AGE)),
              },
        adverts:
          setup.listens && get(field.LISTENER) !== field.LOST ? { heardAt: before(get(field.UNHEARD)) } : undefined,
        hasLostInterface: setup.seesInterface && get(field.STUCK) === 1,
        memory: {
          yieldUntil: get(field.YIELD) ? before(-get(field.YIELD)) : undefined,
          masterlessSince: get(field.MASTERLESS) ? before(get(field.MASTERLESS) - 1) : undefined,
          restarts: get(field.RESTARTS),
        },
      },
      [
        {
          holder: HOLDERS[holder] as Holder,
          hasEip: hasEip(fields),
          peerSees: HOLDERS[peerSees],
          memory: {
            promotion: get(field.KNOWN) ? "the last" : "one before",
            attempts: get(field.ATTEMPTS),
            triedAt: before(get(field.TRIED)),
            waitingSince: get(field.HOLDING) ? before(get(field.HOLDING) - 1) : undefined,
            helps: get(field.HANDOVERS),
          },
        },
      ],
      {
        advertInt: ADVERT_MS / 1000,
        allowForeign: setup.allowForeign,
        mechanism: setup.mechanism,
        incumbentKeeps: setup.incumbentKeeps,
      },
    );
    const { keepalived } = decision;
    const [address] = decision.addresses;
    if (!address) throw new Error("no decision about the address");
    const age = (time: number | undefined, longest: number) =>
      time === undefined ? 0 : Math.min((NOW - time) / ADVERT_MS + 1, longest);
    const { memory } = address;
    return {
      address: address.step,
      keepalived: keepalived.step,
      attempts: memory.attempts,
      tried: memory.attempts ? Math.min((NOW - memory.triedAt) / ADVERT_MS, LONG_AGO) : 0,
      holding: age(memory.waitingSince, LONGEST_HOLD),
      helps: memory.helps,
      isKnown: promotion !== undefined && memory.promotion === promotion ? 1 : 0,
      yields: Math.max(0, ((keepalived.memory.yieldUntil ?? NOW) - NOW) / ADVERT_MS),
      masterless: age(keepalived.memory.masterlessSince, LONGEST_MASTERLESS),
      restarts: keepalived.memory.restarts,
    };
  }
}

/** Where it is left behind, a node sees as little of it as of one that is not bound. */
function hasEip(fields: field.Fields): boolean {
  return fields[field.EIP] === field.BOUND;
}

function seenBy(who: number, holder: number): number {
  return holder > 1 ? holder : holder === who ? 0 : 1;
}
