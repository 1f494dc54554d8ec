import { decide as Decide } from "../../src/protocol/decision/index.ts";
import * as f from "./layout.ts";
import { closed, convergence, type Extent, movesMoreOften, reach, type Reached, show, Violation } from "./explore.ts";
import { DISTURBANCES, type ForGood, type Setup } from "./setup.ts";

/** What is wrong for good once everything else is well, and within how many advert intervals the pair serves then. */
export interface Closing {
  readonly name: string;
  readonly forGood: ForGood;
  readonly limit: number;
  /** Whether it happens to a pair that serves; to one in any state otherwise. */
  readonly whileServing?: boolean;
}

/** An exploration, and what must hold of it. */
export interface Check {
  readonly name: string;
  readonly setup: Partial<Setup>;
  readonly closings: readonly Closing[];
  /** What is wrong for good, so that nobody can agree: no more than two moves in so many advert intervals, again and again. */
  readonly moves?: readonly Closing[];
  /** For how many advert intervals nobody may be MASTER while a node is well. */
  readonly desertion?: number;
}

/** A figure that a check came to. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
}

/** Everything as a pair of secondary-private-ip has it; a check says what is otherwise. */
const BASE: Omit<Setup, "decide"> = {
  mechanism: "secondary-private-ip",
  allowForeign: false,
  listens: true,
  hasWords: true,
  incumbentKeeps: false,
  isObserved: true,
  preempts: false,
  lags: false,
  anyOrder: false,
  skips: true,
  restarts: false,
  seesInterface: false,
  isLean: false,
  isCanonical: true,
  parkedMigrates: true,
  eipFollows: true,
  taskTicks: 2,
  budget: 1,
  hands: 0,
  handTargets: [0, 1, f.PARKED, f.NONE, f.FOREIGN],
  disturbances: DISTURBANCES.filter((each) => !["interface lost", "EIP unbound", "writes refused"].includes(each)),
  measuresDesertion: false,
  forGood: {},
};

const BOTH = [true, true] as const;

/** Explores, and says what it found. @throws {Violation} where something does not hold */
export function run(
  check: Pick<Check, "closings" | "desertion" | "moves" | "setup">,
  decide: typeof Decide,
  told: (figure: Figure) => void = () => undefined,
  extent: Extent = {},
): void {
  const setup: Setup = { ...BASE, ...check.setup, decide };
  const reached = reach(setup, extent);
  const { depth, isCut, states, views } = reached;
  const steps = isCut ? `the first ${depth} steps, not to the end` : `${depth} steps`;
  told({ what: "states", figure: `${states.size} in ${steps}, ${views} different things that a node knows` });
  if (check.desertion !== undefined) told(desertion(reached, check.desertion));
  for (const { forGood, limit, name, whileServing } of check.closings) {
    const graph = closed(reached, { ...setup, forGood }, whileServing);
    const { settled, ticks } = convergence(graph, limit);
    const figure = `${ticks} advert intervals at most, ${graph.states.size} states, ${settled} of them at rest`;
    told({ what: name, figure });
  }
  for (const { forGood, limit, name } of check.moves ?? []) {
    const graph = closed(reached, { ...setup, forGood });
    if (movesMoreOften(graph, limit)) {
      throw new Violation(`${name}: the address moves more than twice in ${limit} advert intervals`, []);
    }
    told({ what: name, figure: `two moves in ${limit} advert intervals at most` });
  }
}

function desertion({ states, way }: Reached, limit: number): Figure {
  const fields = new Uint8Array(f.FIELDS);
  let longest = 0;
  let worst = 0;
  for (let state = 0; state < states.size; state += 1) {
    f.unpack(states.words, state * f.WORDS_PER_STATE, fields);
    const ticks = Math.max(fields[f.DESERTED] as number, fields[f.NODE_FIELDS + f.DESERTED] as number);
    if (ticks > longest) [longest, worst] = [ticks, state];
  }
  if (longest > limit) {
    throw new Violation(`nobody is MASTER for ${longest} advert intervals, not ${limit}`, tellWay(states, way(worst)));
  }
  return { what: "nobody is MASTER though a node is well", figure: `${longest} advert intervals at most` };
}

function tellWay(states: Reached["states"], way: readonly number[]): string[] {
  const fields = new Uint8Array(f.FIELDS);
  return way.map((state) => {
    f.unpack(states.words, state * f.WORDS_PER_STATE, fields);
    return show(fields);
  });
}

const closing = (name: string, limit: number, forGood: ForGood): Closing => ({ name, limit, forGood });

const WELL = (limit: number) => closing("all is well", limit, {});

/** One node is gone or cut off for good, and the other is well. */
const ONE_ILL = (
  limits: Readonly<Record<"ill" | "dead" | "dead unheard" | "no API" | "no words, no API", number>>,
): readonly Closing[] => [
  closing("the stronger is ill", limits.ill, { ill: 0 }),
  closing("the weaker is ill", limits.ill, { ill: 1 }),
  closing("the stronger is ill, no words", limits["dead unheard"], { ill: 0, words: BOTH }),
  closing("the weaker is ill, no words", limits["dead unheard"], { ill: 1, words: BOTH }),
  closing("the stronger has crashed", limits["dead unheard"], { crashed: 0 }),
  closing("the weaker has crashed", limits.dead, { crashed: 1 }),
  closing("the stronger's keepalived is dead", limits.ill, { keepalivedDead: 0 }),
  closing("the weaker's keepalived is dead", limits.dead, { keepalivedDead: 1 }),
  closing("no words", limits["dead unheard"], { words: BOTH }),
  closing("the stronger has no API", limits["no API"], { api: [true, false] }),
  closing("the weaker has no API", limits["no API"], { api: [false, true] }),
  closing("no words, the stronger has no API", limits["no words, no API"], { words: BOTH, api: [true, false] }),
  closing("no words, the weaker has no API", limits["no words, no API"], { words: BOTH, api: [false, true] }),
];

/** The API lets one node look, and change nothing, for good. */
const NO_WRITES = (limits: Readonly<Record<"words" | "no words", number>>): readonly Closing[] => [
  closing("the stronger may not write", limits.words, { writes: [true, false] }),
  closing("the weaker may not write", limits.words, { writes: [false, true] }),
  closing("no words, the stronger may not write", limits["no words"], { words: BOTH, writes: [true, false] }),
  closing("no words, the weaker may not write", limits["no words"], { words: BOTH, writes: [false, true] }),
];

/**
 * Adverts do not pass, and nobody yields, since nothing listens for them: both are MASTER for good, and one of them serves.
 * With words it is the stronger one, without words whoever reaches the API; {@link SPLIT} is where both do.
 */
const UNRESOLVED: readonly Closing[] = [
  closing("no adverts, nobody yields", 14, { adverts: BOTH }),
  closing("no adverts, nobody yields, the stronger has no API", 14, { adverts: BOTH, api: [true, false] }),
  closing("no adverts, nobody yields, the weaker has no API", 14, { adverts: BOTH, api: [false, true] }),
  closing("no adverts and no words, the stronger has no API", 14, { adverts: BOTH, words: BOTH, api: [true, false] }),
  closing("no adverts and no words, the weaker has no API", 14, { adverts: BOTH, words: BOTH, api: [false, true] }),
];

/** A failover of a pair that serves: how long it takes until the other node serves. */
const FAILOVERS: readonly Closing[] = [
  { name: "it serves, and the stronger crashes", limit: 8, forGood: { crashed: 0 }, whileServing: true },
  { name: "it serves, and the weaker crashes", limit: 8, forGood: { crashed: 1 }, whileServing: true },
  { name: "it serves, and the stronger falls ill", limit: 6, forGood: { ill: 0 }, whileServing: true },
  { name: "it serves, and the weaker falls ill", limit: 6, forGood: { ill: 1 }, whileServing: true },
  { name: "it serves, and the stronger is shut down", limit: 5, forGood: { shutDown: 0 }, whileServing: true },
  { name: "it serves, and the weaker is shut down", limit: 5, forGood: { shutDown: 1 }, whileServing: true },
];

/** Adverts do not pass: one of the two yields by its peer's word. */
const NO_ADVERTS = (limit: number): readonly Closing[] => [
  closing("no adverts", limit, { adverts: BOTH }),
  closing("no adverts from the stronger", limit, { adverts: [true, false] }),
  closing("no adverts from the weaker", limit, { adverts: [false, true] }),
  closing("no adverts, the stronger has no API", limit, { adverts: BOTH, api: [true, false] }),
  closing("no adverts, the weaker has no API", limit, { adverts: BOTH, api: [false, true] }),
  closing("no adverts, only the weaker gets words", limit, { adverts: BOTH, words: [true, false] }),
];

/** What hears adverts on the weaker node, the one that yields, has ended or is frozen. */
const NO_LISTENER = (limit: number): readonly Closing[] => [
  closing("the weaker's listener is lost", limit, { listenerLost: [false, true] }),
  closing("the weaker's listener is frozen", limit, { listenerFrozen: [false, true] }),
  closing("the weaker's listener is frozen, no adverts", limit, { listenerFrozen: [false, true], adverts: BOTH }),
  closing("the weaker's listener is frozen, the stronger is ill", limit, { listenerFrozen: [false, true], ill: 0 }),
  closing("the weaker's listener is frozen, the stronger has crashed", limit, {
    listenerFrozen: [false, true],
    crashed: 0,
  }),
  closing("the stronger's listener is frozen, the weaker has crashed", limit, {
    listenerFrozen: [true, false],
    crashed: 1,
  }),
];

/** A pair without `peerWord`, which is the default: no words, and nothing listens for adverts while keepalived is in FAULT. */
const WITHOUT_WORDS = {
  hasWords: false,
  listens: false,
  isObserved: false,
  disturbances: BASE.disturbances.filter(
    (each) => !["words cut", "one-way words", "listener lost", "listener frozen"].includes(each),
  ),
} as const;

/**
 * The same, and one of its nodes is ill or gone for good, or has no API. `retake` is where the other one may have to wait as
 * long as a weaker MASTER does.
 */
const ONE_ILL_WITHOUT_WORDS = (limits: Readonly<Record<"ill" | "no API" | "retake", number>>): readonly Closing[] => [
  closing("the stronger is ill", limits.ill, { ill: 0 }),
  closing("the weaker is ill", limits.ill, { ill: 1 }),
  closing("the stronger has crashed", limits.retake, { crashed: 0 }),
  closing("the weaker has crashed", limits.ill, { crashed: 1 }),
  closing("the stronger's keepalived is dead", limits.retake, { keepalivedDead: 0 }),
  closing("the weaker's keepalived is dead", limits.ill, { keepalivedDead: 1 }),
  closing("the stronger has no API", limits["no API"], { api: [true, false] }),
  closing("the weaker has no API", limits["no API"], { api: [false, true] }),
  closing("the stronger may not write", limits["no API"], { writes: [true, false] }),
  closing("the weaker may not write", limits["no API"], { writes: [false, true] }),
  // The other way round both are MASTER, as without any adverts.
  closing("no adverts from the weaker", limits.ill, { adverts: [false, true] }),
  closing("no adverts, the stronger has no API", limits.retake, { adverts: BOTH, api: [true, false] }),
  closing("no adverts, the weaker has no API", limits.ill, { adverts: BOTH, api: [false, true] }),
];

/** Adverts and words do not pass: both are MASTER. */
const SPLIT: readonly Closing[] = [closing("no adverts and no words", 24, { adverts: BOTH, words: BOTH })];

/**
 * A cloud in which pairctl needs its second ways, of two calls each. In the model every pass makes one call at most, as if
 * its program ended then: that either node ends it well is what the checks are for.
 */
const UNWILLING = { parkedMigrates: false, eipFollows: false } as const;

const LIMITS = { ill: 12, dead: 9, "dead unheard": 11, "no API": 11, "no words, no API": 18 } as const;

/** Explorations that take about a second each at most, for every run of the tests. */
export const SHORT_CHECKS: readonly Check[] = [
  {
    name: "failover of a pair that nothing else happens to",
    setup: { budget: 0 },
    closings: [
      ...FAILOVERS,
      WELL(11),
      ...ONE_ILL({ ill: 9, dead: 8, "dead unheard": 11, "no API": 11, "no words, no API": 18 }),
    ],
  },
  {
    name: "failover where the parked address cannot be migrated, and the EIP stays behind",
    setup: { budget: 0, ...UNWILLING },
    closings: [
      ...FAILOVERS.map((failover) => ({ ...failover, limit: failover.limit + 4 })),
      WELL(14),
      ...ONE_ILL({ ill: 15, dead: 14, "dead unheard": 15, "no API": 16, "no words, no API": 52 }),
    ],
  },
  {
    name: "one disturbance, the most telling endings",
    setup: { isLean: true },
    closings: [
      WELL(11),
      closing("the stronger has crashed", 11, { crashed: 0 }),
      closing("no adverts", 15, { adverts: BOTH }),
    ],
    moves: SPLIT,
  },
  {
    name: "adverts are cut",
    setup: { isLean: true, disturbances: ["adverts cut"] },
    closings: [
      WELL(11),
      ...ONE_ILL({ ill: 12, dead: 8, "dead unheard": 11, "no API": 11, "no words, no API": 17 }),
      ...NO_ADVERTS(15),
      ...NO_LISTENER(14),
    ],
    moves: SPLIT,
  },
  {
    // A word that is too old is no reason to forget it here: that is for the function to do.
    name: "adverts are cut, and nothing listens for them; each state by itself",
    setup: { isLean: true, isCanonical: false, listens: false, disturbances: ["adverts cut"] },
    closings: [
      WELL(11),
      ...ONE_ILL({ ill: 9, dead: 8, "dead unheard": 11, "no API": 11, "no words, no API": 17 }),
      closing("the stronger has crashed", 9, { crashed: 0 }),
      ...UNRESOLVED,
    ],
    moves: SPLIT,
  },
  {
    name: "adverts are cut, nothing listens for them, and every word is lost",
    setup: { isLean: true, listens: false, hasWords: false, disturbances: ["adverts cut"] },
    closings: [
      closing("the weaker is ill", 8, { ill: 1 }),
      closing("the weaker has crashed", 8, { crashed: 1 }),
      closing("the stronger has crashed", 26, { crashed: 0 }),
    ],
  },
  {
    name: "the interface is lost, which is noticed",
    setup: { restarts: true, seesInterface: true, isLean: true, disturbances: ["interface lost"] },
    closings: [
      WELL(11),
      closing("no words", 11, { words: BOTH }),
      closing("the weaker has crashed", 13, { crashed: 1 }),
    ],
  },
  {
    name: "both lose their interfaces, and nothing can be noticed or heard",
    setup: { budget: 0, listens: false, isLean: true },
    closings: [],
    moves: [closing("it stays so, and there are no words", 20, { stuck: true, words: BOTH })],
  },
  {
    name: "a move by hand",
    setup: { budget: 0, hands: 1, isLean: true },
    closings: [
      WELL(13),
      ...ONE_ILL({ ill: 11, dead: 10, "dead unheard": 13, "no API": 13, "no words, no API": 30 }),
      ...NO_ADVERTS(16),
    ],
  },
  {
    name: "the end of a FAULT is not notified, and the pair is without peerWord",
    setup: { ...WITHOUT_WORDS, budget: 3, isLean: true, skips: false, disturbances: ["illness", "notification"] },
    closings: [
      WELL(12),
      closing("the stronger has no API", 27, { api: [true, false] }),
      closing("the weaker has no API", 27, { api: [false, true] }),
    ],
  },
];

/** Explorations that take seconds. */
export const CHECKS: readonly Check[] = [
  ...SHORT_CHECKS,
  {
    name: "keepalived loses its interface",
    setup: {
      restarts: true,
      isLean: true,
      disturbances: ["interface lost", "words cut", "adverts cut", "illness", "agent frozen", "agent restarted"],
    },
    closings: [
      WELL(12),
      closing("no words", 12, { words: BOTH }),
      closing("the weaker has crashed", 25, { crashed: 1 }),
    ],
  },
  {
    name: "keepalived loses its interface, which is noticed",
    setup: {
      restarts: true,
      seesInterface: true,
      isLean: true,
      disturbances: ["interface lost", "words cut", "adverts cut", "illness", "agent frozen", "agent restarted"],
    },
    closings: [
      WELL(12),
      closing("no words", 12, { words: BOTH }),
      closing("the weaker has crashed", 13, { crashed: 1 }),
    ],
  },
  {
    name: "keepalived loses its interface, and nothing listens for adverts",
    setup: {
      restarts: true,
      isLean: true,
      listens: false,
      disturbances: ["interface lost", "words cut", "adverts cut", "illness", "agent frozen", "agent restarted"],
    },
    closings: [WELL(11)],
  },
  {
    name: "nobody is MASTER",
    setup: { measuresDesertion: true, isLean: true },
    closings: [],
    desertion: 5,
  },
  {
    name: "nothing listens for adverts",
    setup: { listens: false },
    closings: [
      WELL(11),
      ...ONE_ILL({ ...LIMITS, dead: 10 }),
      closing("no adverts from the weaker", 16, { adverts: [false, true] }),
      ...UNRESOLVED,
    ],
    moves: SPLIT,
  },
  {
    name: "a node that may look and not write",
    setup: { disturbances: [...BASE.disturbances, "writes refused"] },
    closings: [WELL(11), ...NO_WRITES({ words: 11, "no words": 18 })],
    moves: SPLIT,
  },
  {
    name: "either agent may be the first",
    setup: { anyOrder: true },
    closings: [WELL(11), ...ONE_ILL(LIMITS), ...NO_ADVERTS(16)],
    moves: SPLIT,
  },
  {
    name: "a HAVIP",
    setup: { mechanism: "havip" },
    closings: [
      WELL(7),
      ...ONE_ILL({ ill: 9, dead: 8, "dead unheard": 8, "no API": 9, "no words, no API": 18 }),
      ...NO_ADVERTS(13),
      ...NO_LISTENER(13),
    ],
  },
  {
    name: "both have lost their interfaces, and nothing can be noticed or heard",
    setup: { listens: false, isLean: true, disturbances: ["interface lost", "words cut", "API cut"] },
    closings: [],
    moves: [closing("it stays so, and there are no words", 20, { stuck: true, words: BOTH })],
  },
  {
    name: "FAULT by a lost notification",
    setup: { isObserved: false },
    closings: [WELL(11), ...ONE_ILL(LIMITS)],
  },
  {
    name: "FAULT by a lost notification, and nothing listens for adverts",
    setup: { isObserved: false, listens: false },
    closings: [WELL(11), ...ONE_ILL({ ...LIMITS, dead: 10 })],
  },
  {
    name: "a private IP without peerWord",
    setup: WITHOUT_WORDS,
    closings: [WELL(11), ...ONE_ILL_WITHOUT_WORDS({ ill: 12, "no API": 17, retake: 26 })],
    moves: [...SPLIT, closing("no adverts from the stronger", 24, { adverts: [true, false] })],
  },
  {
    name: "a private IP without peerWord, whose keepalived loses its interface",
    setup: {
      ...WITHOUT_WORDS,
      restarts: true,
      seesInterface: true,
      isLean: true,
      disturbances: [...WITHOUT_WORDS.disturbances, "interface lost"],
    },
    closings: [WELL(11), ...ONE_ILL_WITHOUT_WORDS({ ill: 15, "no API": 17, retake: 26 })],
    moves: [...SPLIT, closing("no adverts from the stronger", 24, { adverts: [true, false] })],
  },
  {
    name: "a HAVIP without peerWord",
    setup: { ...WITHOUT_WORDS, mechanism: "havip" },
    closings: [WELL(7), ...ONE_ILL_WITHOUT_WORDS({ ill: 8, "no API": 9, retake: 7 })],
  },
  {
    name: "a HAVIP without peerWord, whose keepalived loses its interface",
    setup: {
      ...WITHOUT_WORDS,
      mechanism: "havip",
      restarts: true,
      seesInterface: true,
      isLean: true,
      disturbances: [...WITHOUT_WORDS.disturbances, "interface lost"],
    },
    closings: [WELL(7), ...ONE_ILL_WITHOUT_WORDS({ ill: 11, "no API": 9, retake: 10 })],
  },
  {
    name: "a foreign holder that may be robbed",
    setup: { hands: 1, allowForeign: true, disturbances: ["API cut", "crash", "adverts cut", "words cut"] },
    closings: [WELL(13)],
  },
  {
    name: "one disturbance",
    setup: {},
    closings: [WELL(11), ...ONE_ILL(LIMITS), ...NO_ADVERTS(16), ...NO_LISTENER(16)],
    moves: SPLIT,
  },
  {
    name: "one disturbance, and every word is lost",
    setup: { hasWords: false },
    // A weaker MASTER that has tried before waits longest until it takes again, with three for looks and a task.
    closings: [WELL(11), ...ONE_ILL({ ill: 12, dead: 12, "dead unheard": 27, "no API": 27, "no words, no API": 27 })],
    moves: [closing("no adverts", 24, { adverts: BOTH })],
  },
  {
    name: "one disturbance, and no word is lost",
    setup: {
      disturbances: BASE.disturbances.filter((each) => !["words cut", "one-way words", "agent frozen"].includes(each)),
    },
    closings: [WELL(11), ...ONE_ILL(LIMITS), ...NO_ADVERTS(16), ...NO_LISTENER(16)],
    moves: SPLIT,
  },
  {
    name: "moves by hand, the EIP unbound",
    setup: { hands: 1, isLean: true, disturbances: ["EIP unbound", "API cut", "adverts cut", "failing task", "crash"] },
    closings: [
      WELL(13),
      ...ONE_ILL({ ill: 14, dead: 13, "dead unheard": 15, "no API": 13, "no words, no API": 30 }),
      ...NO_ADVERTS(16),
    ],
  },
  {
    name: "the parked address cannot be migrated, and the EIP stays behind",
    setup: {
      ...UNWILLING,
      hands: 1,
      isLean: true,
      handTargets: [0, 1, f.PARKED, f.NONE],
      disturbances: ["EIP unbound", "API cut", "adverts cut", "failing task", "hidden task", "crash"],
    },
    closings: [
      WELL(14),
      ...ONE_ILL({ ill: 18, dead: 14, "dead unheard": 19, "no API": 16, "no words, no API": 52 }),
      ...NO_ADVERTS(18),
    ],
  },
  {
    name: "the tracked script is late",
    setup: { lags: true },
    closings: [WELL(12), ...ONE_ILL({ ...LIMITS, ill: 13, dead: 12, "dead unheard": 12 }), ...NO_ADVERTS(17)],
  },
  {
    name: "the incumbent keeps",
    setup: { incumbentKeeps: true },
    closings: [
      WELL(12),
      ...ONE_ILL({ ...LIMITS, dead: 11, "dead unheard": 12, "no API": 12, "no words, no API": 18 }),
      ...NO_ADVERTS(17),
      ...NO_LISTENER(17),
    ],
    moves: SPLIT,
  },
  {
    name: "the stronger preempts",
    setup: { preempts: true },
    closings: [
      WELL(12),
      ...ONE_ILL({ ...LIMITS, dead: 11, "dead unheard": 14, "no API": 12, "no words, no API": 18 }),
      ...NO_ADVERTS(16),
    ],
    moves: SPLIT,
  },
];

const THREE: Pick<Check, "closings" | "moves"> = {
  closings: [
    WELL(13),
    // A task that nobody sees may bring it to the dead node two ticks later, and only then the longest wait begins.
    closing("the stronger has crashed", 29, { crashed: 0 }),
    closing("no adverts", 16, { adverts: BOTH }),
    closing("the stronger is ill", 13, { ill: 0 }),
  ],
  moves: SPLIT,
};

/**
 * The longest wait, and three for looks and a task; where the EIP stays behind, two calls more, each in a pass of its own
 * that may come late; where no word arrives, a task before it that nobody sees and that brings the address to a dead node
 * two ticks later. Or both lose their interfaces, which takes three adverts to notice, the first wait of a restart, an
 * election and a wait to help.
 */
function longest({ eipFollows = true, hasWords = true, restarts }: Check["setup"]): number {
  if (!eipFollows) return 31;
  return restarts || !hasWords ? 29 : 27;
}

/** Explorations that take minutes. */
export const DEEP_CHECKS: readonly Check[] = [
  ...CHECKS.filter((check) => !SHORT_CHECKS.includes(check)).map((check) => ({
    ...check,
    name: `${check.name}, and once more`,
    // What strikes the only well node meanwhile costs another election.
    ...(check.desertion !== undefined && { desertion: 2 * check.desertion }),
    closings: check.closings.map((each) => ({ ...each, limit: Math.max(longest(check.setup), each.limit) })),
    setup: { ...check.setup, budget: check.setup.hands ? 1 : 2, hands: check.setup.hands ? 2 : 0, isLean: true },
  })),
  {
    name: "three disturbances of the nodes",
    setup: {
      budget: 3,
      isLean: true,
      disturbances: ["notification", "failing task", "API cut", "illness", "crash", "keepalived killed"],
    },
    ...THREE,
  },
  {
    name: "three disturbances of the links",
    setup: {
      budget: 3,
      isLean: true,
      disturbances: ["adverts cut", "one-way adverts", "words cut", "one-way words", "API cut", "illness"],
    },
    ...THREE,
  },
  { name: "three disturbances", setup: { budget: 3, isLean: true }, ...THREE },
  {
    name: "three disturbances without peerWord",
    setup: { budget: 3, isLean: true, ...WITHOUT_WORDS },
    // A node in FAULT that has helped in vain before waits twice as long the second time.
    closings: [WELL(15), ...ONE_ILL_WITHOUT_WORDS({ ill: 15, "no API": 29, retake: 29 })],
    moves: [closing("no adverts", 24, { adverts: BOTH })],
  },
];
