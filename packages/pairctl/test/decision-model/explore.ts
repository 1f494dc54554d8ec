import { Choices } from "./choices.ts";
import { close, Events, isServing } from "./disturb.ts";
import * as f from "./layout.ts";
import { grown, StateSet } from "./state-set.ts";
import { Pair } from "./pair.ts";
import type { Setup } from "./setup.ts";

/** Something that the function must not let happen, and how it comes to it. */
export class Violation extends Error {
  constructor(
    readonly property: string,
    story: readonly string[],
  ) {
    super(`${property}:\n${story.join("\n")}`);
  }
}

/** How far to explore, for who does not want to wait for the end. */
export interface Extent {
  /** How many steps a way has at most; without it to the end. */
  readonly depth?: number | undefined;
  /** Told of each depth whose states are all found, and how many there are up to there. */
  readonly onDepth?: ((depth: number, states: number) => void) | undefined;
}

/** All that a pair can come to with the disturbances of a setup. */
export interface Reached {
  readonly setup: Setup;
  readonly states: StateSet;
  /** How many steps the longest way takes. */
  readonly depth: number;
  /** Whether longer ways lead to other states, which were not looked for. */
  readonly isCut: boolean;
  /** How many different things a node knew at a decision. */
  readonly views: number;
  /** How one came to a state: the numbers of the states before it. */
  way(state: number): number[];
}

/** States that there is memory for. */
const MOST_STATES = 60_000_000;

/**
 * Explores every state that can be reached, breadth first. No state is taken for its mirror image, since the nodes have
 * different priorities. States are one that are the same words of {@link StateSet}, in full: ages instead of times, none of
 * them beyond the oldest that counts; with `isCanonical` the cloud's two tasks in one order, and nothing that is set before
 * it is read again; with `isLean` nothing that the stronger node remembers of its mastership.
 *
 * @throws {Violation} where something happens that must never happen
 */
export function reach(setup: Setup, { depth: deepest = Infinity, onDepth }: Extent = {}): Reached {
  const pair = new Pair(setup);
  const states = new StateSet();
  const choices = new Choices();
  let parents = new Uint32Array(1 << 12);
  const way = (state: number) => {
    const numbers = [state];
    for (let each = state; each > 0;) numbers.push((each = parents[each] as number));
    return numbers.reverse();
  };
  const packed = new Uint32Array(f.WORDS_PER_STATE);
  const events = new Events(pair, setup);
  let state = 0;
  const add = () => {
    f.pack(pair.fields, packed);
    const number = states.add(packed);
    if (number < 0) return;
    if (number >= parents.length) parents = grown(parents);
    parents[number] = state;
    if (number >= MOST_STATES) throw new Error(`more than ${MOST_STATES} states`);
  };
  pair.boot();
  add();
  let depth = 0;
  let levelEnd = 1;
  for (; state < states.size; state += 1) {
    if (state === levelEnd) {
      depth += 1;
      levelEnd = states.size;
      onDepth?.(depth, states.size);
      if (depth >= deepest) break;
    }
    f.unpack(states.words, state * f.WORDS_PER_STATE, pair.fields);
    events.visit(add);
    do {
      f.unpack(states.words, state * f.WORDS_PER_STATE, pair.fields);
      pair.tick(choices);
      if (pair.offence) throw new Violation(pair.offence, tell(states, way(state)).concat(show(pair.fields)));
      add();
    } while (choices.next());
  }
  return { setup, states, depth, isCut: state < states.size, views: pair.decider.views, way };
}

/** What becomes of all that was reached, once nothing goes wrong any more but what is wrong for good. */
export interface Closed {
  readonly setup: Setup;
  readonly states: StateSet;
  /** How many of them the closing led to. */
  readonly starts: number;
  /** For each state where its successors begin in `successors`. */
  readonly offsets: Uint32Array;
  readonly successors: Uint32Array;
  /** How it came to a state: for messages. */
  story(state: number): string[];
}

/**
 * Closes every state that was reached, or only those in which the pair serves, and explores how it goes on.
 *
 * @throws {Violation} as {@link reach}
 */
export function closed(reached: Reached, setup: Setup, onlyServing = false): Closed {
  const pair = new Pair(setup);
  const states = new StateSet();
  const choices = new Choices();
  const packed = new Uint32Array(f.WORDS_PER_STATE);
  let origins = new Uint32Array(1 << 12);
  const found = (origin: number) => {
    f.pack(pair.fields, packed);
    const state = states.add(packed);
    if (state < 0) return ~state;
    if (state >= origins.length) origins = grown(origins);
    origins[state] = origin;
    return state;
  };
  for (let state = 0; state < reached.states.size; state += 1) {
    f.unpack(reached.states.words, state * f.WORDS_PER_STATE, pair.fields);
    if (onlyServing && !isServing(pair, reached.setup)) continue;
    close(pair, setup);
    found(state);
  }
  const starts = states.size;
  const story = (state: number) => {
    const after = [state];
    let each = state;
    while (each >= starts) after.push((each = origins[each] as number));
    const before = tell(reached.states, reached.way(origins[each] as number));
    return [...before, "nothing else goes wrong from now on:", ...tell(states, after.reverse())];
  };
  let offsets = new Uint32Array(1 << 12);
  let successors = new Uint32Array(1 << 12);
  let count = 0;
  for (let state = 0; state < states.size; state += 1) {
    if (state + 2 > offsets.length) offsets = grown(offsets);
    const begin = count;
    offsets[state] = begin;
    do {
      f.unpack(states.words, state * f.WORDS_PER_STATE, pair.fields);
      pair.tick(choices);
      if (pair.offence) throw new Violation(pair.offence, story(state));
      const next = found(state);
      let edge = begin;
      while (edge < count && successors[edge] !== next) edge += 1;
      if (edge < count) continue;
      if (count === successors.length) successors = grown(successors);
      successors[count] = next;
      count += 1;
    } while (choices.next());
  }
  offsets[states.size] = count;
  return { setup, states, starts, offsets, successors: successors.slice(0, count), story };
}

/** How a closed pair ends. */
export interface Convergence {
  /** The most ticks that pass until the pair serves, and goes on to. */
  readonly ticks: number;
  /** How many states it then may rest in. */
  readonly settled: number;
}

/**
 * How long it takes until the pair serves for good, whatever chance does.
 *
 * @throws {Violation} where it may never come to that, or takes more ticks than allowed
 */
export function convergence(graph: Closed, limit: number): Convergence {
  const { offsets, setup, states, successors } = graph;
  const { predecessors, begins } = reversed(graph);
  const settled = new Uint8Array(states.size);
  const pair = new Pair(setup);
  const queue: number[] = [];
  for (let state = 0; state < states.size; state += 1) {
    f.unpack(states.words, state * f.WORDS_PER_STATE, pair.fields);
    if (isServing(pair, setup)) settled[state] = 1;
    else queue.push(state);
  }
  // Whoever can come to a state that does not serve is not settled.
  for (let index = 0; index < queue.length; index += 1) {
    const state = queue[index] as number;
    for (let edge = begins[state] as number; edge < (begins[state + 1] as number); edge += 1) {
      const before = predecessors[edge] as number;
      if (!settled[before]) continue;
      settled[before] = 0;
      queue.push(before);
    }
  }
  // From the settled ones backwards: a state is done once all of its successors are, one tick later than the last of them.
  const ticks = new Int32Array(states.size).fill(-1);
  const open = new Uint32Array(states.size);
  const done: number[] = [];
  for (let state = 0; state < states.size; state += 1) {
    open[state] = (offsets[state + 1] as number) - (offsets[state] as number);
    if (!settled[state]) continue;
    ticks[state] = 0;
    done.push(state);
  }
  const settledCount = done.length;
  for (let index = 0; index < done.length; index += 1) {
    const state = done[index] as number;
    for (let edge = begins[state] as number; edge < (begins[state + 1] as number); edge += 1) {
      const before = predecessors[edge] as number;
      (open[before] as number) -= 1;
      if (open[before] !== 0 || (ticks[before] as number) >= 0) continue;
      ticks[before] = (ticks[state] as number) + 1;
      done.push(before);
    }
  }
  if (done.length < states.size) {
    const stuck = ticks.indexOf(-1);
    throw new Violation("it may never serve for good", [
      ...graph.story(stuck),
      ...loop(graph, stuck, ticks, successors),
    ]);
  }
  // The last one that was done takes longest.
  const worst = done.at(-1) as number;
  if ((ticks[worst] as number) > limit) {
    const rest = tell(states, slowest(graph, worst, ticks));
    const story = [...graph.story(worst), "it then takes at worst:", ...rest];
    throw new Violation(`it takes ${ticks[worst]} advert intervals until it serves, not ${limit}`, story);
  }
  return { ticks: ticks[worst] as number, settled: settledCount };
}

/** The slowest way from a state to where the pair serves. */
function slowest({ offsets, successors }: Closed, from: number, ticks: Int32Array): number[] {
  const way = [from];
  for (let state = from; (ticks[state] as number) > 0; way.push(state)) {
    const next: Uint32Array = successors.subarray(offsets[state], offsets[state + 1]);
    const left = (ticks[state] as number) - 1;
    state = next.find((each) => ticks[each] === left) as number;
  }
  return way;
}

/** A way on which it never comes to serve. */
function loop(graph: Closed, from: number, ticks: Int32Array, successors: Uint32Array): string[] {
  const seen: number[] = [];
  for (let state: number | undefined = from; state !== undefined && !seen.includes(state) && seen.length < 80;) {
    seen.push(state);
    const next: Uint32Array = successors.subarray(graph.offsets[state], graph.offsets[state + 1]);
    state = next.find((each) => ticks[each] === -1);
  }
  return ["and so on:", ...tell(graph.states, seen)];
}

/**
 * Whether the address can move more than twice in so many ticks, again and again: whether there is a cycle whose moves
 * are more than that on average.
 */
export function movesMoreOften({ offsets, states, successors }: Closed, ticks: number): boolean {
  const holders = new Uint8Array(states.size);
  const fields = new Uint8Array(f.FIELDS);
  for (let state = 0; state < states.size; state += 1) {
    f.unpack(states.words, state * f.WORDS_PER_STATE, fields);
    holders[state] = fields[f.HOLDER] as number;
  }
  // Bellman and Ford: a cycle of negative length keeps on shortening the ways. In halves of a move, times ticks, as integers.
  const length = new Float64Array(states.size);
  for (let round = 0; round < 1000; round += 1) {
    let isShortened = false;
    for (let state = 0; state < states.size; state += 1) {
      for (let edge = offsets[state] as number; edge < (offsets[state + 1] as number); edge += 1) {
        const next = successors[edge] as number;
        const weight = 2 - (holders[state] === holders[next] ? 0 : ticks);
        if ((length[state] as number) + weight >= (length[next] as number)) continue;
        length[next] = (length[state] as number) + weight;
        isShortened = true;
      }
    }
    if (!isShortened) return false;
  }
  return true;
}

function reversed({ offsets, states, successors }: Closed): { begins: Uint32Array; predecessors: Uint32Array } {
  const begins = new Uint32Array(states.size + 1);
  for (const next of successors) (begins[next + 1] as number) += 1;
  for (let state = 0; state < states.size; state += 1) {
    (begins[state + 1] as number) += begins[state] as number;
  }
  const filled = begins.slice();
  const predecessors = new Uint32Array(successors.length);
  for (let state = 0; state < states.size; state += 1) {
    for (let edge = offsets[state] as number; edge < (offsets[state + 1] as number); edge += 1) {
      const next = successors[edge] as number;
      predecessors[filled[next] as number] = state;
      (filled[next] as number) += 1;
    }
  }
  return { begins, predecessors };
}

function tell(states: StateSet, numbers: readonly number[]): string[] {
  const fields = new Uint8Array(f.FIELDS);
  return numbers.map((number) => {
    f.unpack(states.words, number * f.WORDS_PER_STATE, fields);
    return show(fields);
  });
}

const NODE_NAMES = Object.entries(f).filter(([, value]) => typeof value === "number" && value < f.NODE_FIELDS);
const SHOWN = NODE_NAMES.filter(([name]) => /^[A-Z_]+$/.test(name));
/** Constants of the layout that are not fields of a node. */
const NOT_FIELDS = [
  ...["BACKUP", "MASTER", "FAULT", "DOWN", "PARKED", "NONE", "FOREIGN", "UNBOUND", "BOUND", "LEFT_BEHIND"],
  ...["CUT", "WHOLE", "READ_ONLY"],
  ...[
    "LISTENS",
    "LOST",
    "DEAF",
    "ON",
    "FROM",
    "TO",
    "AGE",
    "HIDDEN",
    "TASK_FIELDS",
    "WORDS_PER_STATE",
    "NODE_FIELDS",
    "VRRP",
    "UP",
  ],
];

/** A state in one line. */
export function show(fields: f.Fields): string {
  const nodes = [0, 1].map((who) => {
    const at = who * f.NODE_FIELDS;
    const state = fields[at + f.UP] ? ["BACKUP", "MASTER", "FAULT", "DOWN"][fields[at + f.VRRP] as number] : "CRASHED";
    const rest = SHOWN.filter(([name, field]) => {
      return !NOT_FIELDS.includes(name) && fields[at + (field as number)];
    }).map(([name, field]) => `${name.toLowerCase()}=${fields[at + (field as number)]}`);
    return `${state} ${rest.join(" ")}`;
  });
  const holder = ["A", "B", "parked", "none", "foreign"];
  const tasks = [f.TASKS, f.TASKS + f.TASK_FIELDS]
    .filter((task) => fields[task + f.ON])
    .map((task) => {
      const hidden = fields[task + f.HIDDEN] ? " unseen" : "";
      return `task ${holder[fields[task + f.FROM] as number]} to ${holder[fields[task + f.TO] as number]}${hidden}`;
    });
  const links = [f.ADVERTS, f.ADVERTS + 1, f.WORDS, f.WORDS + 1].map((link) => fields[link]).join("");
  return `  A ${nodes[0]} | B ${nodes[1]} | ${holder[fields[f.HOLDER] as number]}${fields[f.EIP] === f.BOUND ? "" : " without EIP"} ${tasks.join(", ")} | adverts, words ${links} | ${fields[f.BUDGET]} left`;
}
