import assert from "node:assert/strict";
import type { Mechanism } from "../../src/contract/index.ts";
import { Model, type ModelNode } from "./model.ts";

/** What happens to a pair, and what has to hold then. */
export type Schedule = (model: Model) => Promise<void>;

/** One of the schedules that the tests run: it draws what happens from a seed. */
export interface NamedSchedule {
  /** What must hold. */
  readonly name: string;
  /** For how many seeds it is run, at a depth of 1. */
  readonly count: number;
  readonly run: Schedule;
  readonly options?: PairOptions;
}

/** The longest waits of a weaker MASTER that takes again, and of a BACKUP that helps without a word. */
export const RETAKE_MS = 24_000;
const HELP_MS = 20_000;

/** How likely words of the peer are lost, schedule by schedule: always, sometimes, never. */
export const WORD_LOSSES = [1, 0.3, 0];

/** From the end of all faults: an election (3.6 s and a beat), each of the waits, and a look and a run after each. */
const CONVERGENCE_MS = 4000 + RETAKE_MS + HELP_MS + 3 * (5000 + 3000);

/** Something that goes wrong with a pair, drawn at random. */
export function strike(model: Model): void {
  const { cloud } = model;
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  const address = oneOf(model, cloud.addresses);
  const ms = model.between(100, 15_000);
  const during = (begin: () => void, end: () => void) => {
    begin();
    model.after(ms, end);
  };
  const without = (what: "hasApi" | "hasMetadata" | "isHealthy" | "mayWrite" | "hasDisk") => () =>
    during(
      () => (node[what] = false),
      () => (node[what] = true),
    );
  const faults: readonly (() => void)[] = [
    () =>
      during(
        () => (model.linked = false),
        () => (model.linked = true),
      ),
    without("hasApi"),
    without("hasMetadata"),
    without("isHealthy"),
    () =>
      during(
        () => node.killKeepalived(),
        () => node.startKeepalived(),
      ),
    () =>
      during(
        () => node.stopKeepalived(),
        () => node.startKeepalived(),
      ),
    () =>
      during(
        () => node.isUp && node.crash(),
        () => node.isUp || node.boot(),
      ),
    () =>
      during(
        () => node.isUp && node.terminate(),
        () => node.isUp || node.boot(),
      ),
    without("mayWrite"),
    without("hasDisk"),
    () =>
      during(
        () => (cloud.staleMs = model.between(500, 10_000)),
        () => (cloud.staleMs = 0),
      ),
    () => node.freezePairctl(ms),
    () => node.killPairctl(),
    () => (node.skew = model.between(-2, 2) * 3_600_000),
    () => (cloud.tokens += 1),
    // With a HAVIP nobody can take it from the fabric, and anybody can announce it.
    ...(model.mechanism === "havip"
      ? [() => cloud.announce(node, address)]
      : [
          () => cloud.unassign(address),
          () => cloud.unbindEip(address),
          () => cloud.moveByHand(oneOf(model, ["primary", "secondary", "parking"]), address),
        ]),
  ];
  oneOf(model, faults)();
}

const oneOf = <T>(model: Model, items: readonly T[]): T => items[Math.floor(model.random() * items.length)] as T;

/** What may be wrong with one node for good. One that reaches the API, or may write, no more stays MASTER. */
const ILLNESSES: Readonly<Record<string, (node: ModelNode) => unknown>> = {
  "has crashed": (node) => node.crash(),
  "is terminated": (node) => node.terminate(),
  "is not healthy": (node) => (node.isHealthy = false),
  "is drained": (node) => node.stopKeepalived(),
  "has a keepalived that was killed": (node) => node.killKeepalived(),
  "does not reach the API": (node) => (node.hasApi = false),
  "may not change anything in the cloud": (node) => (node.mayWrite = false),
  "cannot write files": (node) => (node.hasDisk = false),
  "has no memory for an agent": (node) => {
    node.hasAgent = false;
    node.killPairctl();
  },
};

/** One node is ill for good, in one way or the other; the other one is well. */
export function fallIll(model: Model, illnesses = Object.keys(ILLNESSES)): void {
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  const illness = oneOf(model, illnesses);
  model.note(`${node.name} ${illness}`);
  ILLNESSES[illness]?.(node);
}

/** Ends everything that is wrong. */
export function heal(model: Model): void {
  model.note("all is well from now on");
  model.unreliability = model.cloud.staleMs = 0;
  model.linked = true;
  for (const node of model.nodes) {
    node.hasApi = node.hasMetadata = node.mayWrite = node.isHealthy = node.hasDisk = true;
    if (node.isFrozen) node.killPairctl();
    if (!node.isUp) node.boot();
    node.startKeepalived();
  }
}

/** @throws where a figure is greater than it may be */
export function requireAtMost(what: string, figure: number, limit: number): void {
  assert.ok(figure <= limit, `${figure} ${what}, not ${limit} at most`);
}

export const masters = (model: Model) => model.nodes.filter((node) => node.isMaster).map(({ name }) => name);

/** For how long a pair has to be at rest, in ms: longer than the longest wait of a node. */
const QUIET_MS = 25_000;

/**
 * Waits until the one MASTER has address and EIP, for as long as that may take, and sees that nothing moves any more.
 *
 * @param boundMs how long it may take
 */
export async function expectConvergence(model: Model, boundMs = CONVERGENCE_MS): Promise<void> {
  const isConverged = () => {
    const [master, ...others] = masters(model);
    return (
      others.length === 0 && model.cloud.addresses.every(({ holder, isEipBound }) => holder === master && isEipBound)
    );
  };
  for (let ms = 0; ms < boundMs && !isConverged(); ms += 500) await model.pass(500);
  // It may have been so by chance, with a task or a run on its way.
  for (let quiet = 0, ms = 0; quiet < QUIET_MS && ms < Math.max(boundMs, 2 * QUIET_MS); ms += 500) {
    const moves = movesOf(model);
    await model.pass(500);
    quiet = isConverged() && movesOf(model) === moves ? quiet + 500 : 0;
  }
  const moves = movesOf(model);
  for (const until of [0, QUIET_MS]) {
    await model.pass(until);
    for (const { holder, isEipBound } of model.cloud.addresses) {
      assert.deepEqual(masters(model), [holder]);
      assert.ok(isEipBound, "the EIP is not bound");
    }
  }
  assert.equal(movesOf(model), moves);
}

const movesOf = ({ cloud }: Model) => cloud.addresses.reduce((sum, { moves }) => sum + moves.length, 0);

/** What a pair is, as far as its seed does not decide that. */
export interface PairOptions {
  /** How likely words are lost, schedule by schedule. */
  readonly wordLosses?: readonly number[];
  readonly mechanism?: Mechanism;
  /** keepalived's advert interval: one in five pairs has sub-second adverts. */
  readonly advertMs?: number;
  /** How many addresses it has: one in four pairs has two. */
  readonly vips?: 1 | 2;
}

/**
 * Runs what can fail for so many seeds.
 *
 * @param from the first seed
 * @returns the simulated time that they took, in ms
 * @throws where one fails: the error names its seed, and tells the story
 */
export async function runSeeds(
  seeds: number,
  run: Schedule,
  { advertMs, mechanism, vips, wordLosses = WORD_LOSSES }: PairOptions = {},
  from = 1,
): Promise<number> {
  let simulatedMs = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const model = new Model(seed, {
      mechanism,
      advertMs: advertMs ?? (seed % 5 === 0 ? 200 : 1000),
      vips: vips ?? (seed % 4 === 0 ? 2 : 1),
    });
    model.wordLoss = wordLosses[seed % wordLosses.length] ?? 1;
    try {
      if (model.mechanism !== "havip" && model.chance(0.5)) model.cloud.drawReadings();
      for (const node of model.nodes) model.after(model.between(0, 2000), () => node.boot());
      await run(model);
      assert.deepEqual(model.lies, []);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}\n${model.log.join("\n")}`, { cause: error });
    }
    simulatedMs += model.now;
    // Whoever else waits for the thread may go on: simulated time leaves it none.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return simulatedMs;
}

/** Lets up to eight things go wrong in up to a minute, half of the times with an unreliable cloud, and ends all of it. */
export async function failAndHeal(model: Model): Promise<void> {
  model.unreliability = model.chance(0.5) ? 0 : model.between(0, 0.4);
  model.preempts = model.chance(0.2);
  const duration = model.between(20_000, 60_000);
  const count = Math.ceil(model.between(1, 8));
  for (let index = 0; index < count; index += 1) model.after(model.between(0, duration), () => strike(model));
  await model.pass(duration);
  heal(model);
}

/** Nobody hears of what becomes of the stronger node: it crashes, falls ill, or is drained. */
export function strikeStronger(model: Model): void {
  const [stronger] = model.nodes;
  const strikes = [() => stronger.crash(), () => (stronger.isHealthy = false), () => stronger.stopKeepalived()];
  strikes[Math.floor(model.random() * strikes.length)]?.();
}
