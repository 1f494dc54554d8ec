import { afterEach, describe, expect, test, vi } from "vitest";
import type { decide as Decide } from "../../src/protocol/decide.ts";
import { Model, type ModelNode } from "./model.ts";

/** A broken table of decisions, to see that the model notices. */
const broken = vi.hoisted(() => ({ decide: undefined as ((original: typeof Decide) => typeof Decide) | undefined }));
vi.mock("../../src/protocol/decide.ts", async (importOriginal) => {
  const original = await importOriginal<{ decide: typeof Decide }>();
  return {
    ...original,
    decide: (...args: Parameters<typeof Decide>) =>
      (broken.decide ? broken.decide(original.decide) : original.decide)(...args),
  };
});
afterEach(() => {
  broken.decide = undefined;
});

/** An election (3.6 s and a beat), one period of the timer, the wait before a hand-over, and a run's own time. */
const CONVERGENCE_MS = 4000 + 10_000 + 5000 + 3000;

/** Something that goes wrong with a pair, drawn at random. */
function misfortune(model: Model): void {
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  const ms = model.between(100, 15_000);
  const during = (begin: () => void, end: () => void) => {
    begin();
    model.after(ms, end);
  };
  const misfortunes: readonly (() => void)[] = [
    () =>
      during(
        () => (model.linked = false),
        () => (model.linked = true),
      ),
    () =>
      during(
        () => (node.hasApi = false),
        () => (node.hasApi = true),
      ),
    () =>
      during(
        () => (node.hasMetadata = false),
        () => (node.hasMetadata = true),
      ),
    () =>
      during(
        () => (node.isHealthy = false),
        () => (node.isHealthy = true),
      ),
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
    () => node.killHook(),
    () => (node.skew = model.between(-2, 2) * 3_600_000),
    () => (model.cloud.tokens += 1),
    () => model.cloud.unassign(),
  ];
  misfortunes[Math.floor(model.random() * misfortunes.length)]?.();
}

/** Ends everything that is wrong. */
function heal(model: Model): void {
  model.note("all is well from now on");
  model.badWeather = 0;
  model.linked = true;
  for (const node of model.nodes) {
    node.hasApi = node.hasMetadata = node.isHealthy = true;
    if (!node.isUp) node.boot();
    node.startKeepalived();
  }
}

const masters = (model: Model) => model.nodes.filter((node) => node.isMaster).map(({ name }) => name);

const takes = (model: Model, by: ModelNode) =>
  model.cloud.moves.filter((move) => move.by === by.name && move.to === by.name && move.from === model.other(by).name);

/** Runs what can fail for many seeds; a failure names its seed and tells the story. */
async function explore(schedules: number, run: (model: Model) => Promise<void>): Promise<void> {
  for (let seed = 1; seed <= schedules; seed += 1) {
    const model = new Model(seed);
    try {
      for (const node of model.nodes) model.after(model.between(0, 2000), () => node.boot());
      await run(model);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}\n${model.log.join("\n")}`, { cause: error });
    }
  }
}

async function anyMisfortunes(model: Model): Promise<void> {
  model.badWeather = model.chance(0.5) ? 0 : model.between(0, 0.4);
  const duration = model.between(20_000, 60_000);
  const count = Math.ceil(model.between(1, 8));
  for (let index = 0; index < count; index += 1) model.after(model.between(0, duration), () => misfortune(model));
  await model.pass(duration);
  heal(model);
  await model.pass(CONVERGENCE_MS);
  const moves = model.cloud.moves.length;
  expect(masters(model)).toEqual([model.cloud.holder]);
  expect(model.cloud.isEipBound).toBe(true);
  await model.pass(25_000);
  expect(masters(model)).toEqual([model.cloud.holder]);
  expect(model.cloud.moves.length).toBe(moves);
  expect(model.lies).toEqual([]);
  const [, secondary] = model.nodes;
  expect(takes(model, secondary).length).toBeLessThanOrEqual(secondary.promotions + secondary.notified + model.faults);
}

/** Both nodes are MASTER for minutes, and nothing else is wrong. */
async function splitBrain(model: Model): Promise<void> {
  await model.pass(model.between(0, 30_000));
  model.linked = false;
  await model.pass(CONVERGENCE_MS);
  expect(masters(model)).toEqual(["primary", "secondary"]);
  const moves = model.cloud.moves.length;
  await model.pass(120_000);
  expect(model.cloud.holder).toBe("primary");
  expect(model.cloud.moves.length).toBe(moves);
  const [, secondary] = model.nodes;
  expect(takes(model, secondary).length).toBeLessThanOrEqual(secondary.promotions);
  heal(model);
  await model.pass(CONVERGENCE_MS);
  expect(model.cloud.holder).toBe("primary");
}

/** Somebody else has the address from some moment on. */
async function foreignHolder(model: Model): Promise<void> {
  model.badWeather = model.between(0, 0.3);
  model.after(model.between(0, 20_000), () => {
    model.cloud.holder = "foreign";
  });
  for (let index = 0; index < 3; index += 1) model.after(model.between(0, 40_000), () => misfortune(model));
  await model.pass(60_000);
  expect(model.cloud.moves.filter(({ from }) => from === "foreign")).toEqual([]);
}

/** One node is gone for good; the other has its address and its EIP. */
async function lostNode(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  node.crash();
  if (model.chance(0.3)) model.cloud.unassign();
  await model.pass(CONVERGENCE_MS);
  expect(model.cloud.holder).toBe(model.other(node).name);
  expect(model.cloud.isEipBound).toBe(true);
}

describe("the protocol, with the real hook on two nodes and seeded schedules:", () => {
  test(
    "soon after the last of any misfortunes is over, the one MASTER has address and EIP, and nothing moves",
    () => explore(1000, anyMisfortunes),
    60_000,
  );

  test(
    "while both are MASTER, the higher priority has it in the end, and the lower takes once per promotion",
    () => explore(400, splitBrain),
    60_000,
  );

  test("nobody takes the address from an interface that is not the pair's", () => explore(200, foreignHolder), 60_000);

  test("the node that is left takes over", () => explore(200, lostNode), 60_000);

  test.each<[string, (model: Model) => Promise<void>, (original: typeof Decide) => typeof Decide]>([
    [
      "a BACKUP keeps what it has",
      anyMisfortunes,
      (original) => (facts, settings) => (facts.master ? original(facts, settings) : "idle"),
    ],
    [
      "a promotion is no reason to take",
      anyMisfortunes,
      (original) => (facts, settings) => original({ ...facts, promoted: false }, settings),
    ],
    [
      "each tick takes as a promotion does",
      splitBrain,
      (original) => (facts, settings) => original({ ...facts, promoted: facts.master }, settings),
    ],
    [
      "a node that is not MASTER acts as one",
      anyMisfortunes,
      (original) => (facts, settings) => original({ ...facts, master: true }, settings),
    ],
    [
      "the lower priority takes on each tick, and the higher does not",
      splitBrain,
      (original) =>
        (facts, { priority, peerPriority, ...settings }) =>
          original(facts, { ...settings, priority: peerPriority, peerPriority: priority }),
    ],
    [
      "an address of nobody is left alone",
      lostNode,
      (original) => (facts, settings) => (facts.holder === "none" ? "left" : original(facts, settings)),
    ],
    [
      "a foreign holder is robbed",
      foreignHolder,
      (original) => (facts, settings) => original(facts, { ...settings, allowForeign: true }),
    ],
    [
      "the address is taken for its own while it is moving",
      anyMisfortunes,
      (original) => (facts, settings) =>
        original({ ...facts, holder: facts.holder === "moving" ? "mine" : facts.holder }, settings),
    ],
  ])(
    "the model notices where %s",
    async (_, run, rule) => {
      broken.decide = rule;
      await expect(explore(1000, run)).rejects.toThrow(/^seed \d+: /);
    },
    60_000,
  );
});
