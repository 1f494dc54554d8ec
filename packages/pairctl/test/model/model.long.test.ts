import { afterEach, describe, expect, test, vi } from "vitest";
import type { bindEip as BindEip } from "../../src/mechanisms/secondary-private-ip/bind-eip.ts";
import type { move as Move } from "../../src/mechanisms/secondary-private-ip/move.ts";
import type { parseSettings as ParseSettings } from "../../src/contract/index.ts";
import type { AddressDecision, decideAddress as Decide } from "../../src/protocol/decision/index.ts";
import type { Run } from "../../src/protocol/run.ts";
import { Model, type ModelNode } from "./model.ts";

/** A broken table of decisions, or a broken way, to see that the model notices. */
const broken = vi.hoisted(() => ({
  decide: undefined as ((original: typeof Decide) => typeof Decide) | undefined,
  move: undefined as ((original: typeof Move) => typeof Move) | undefined,
  bindEip: undefined as ((original: typeof BindEip) => typeof BindEip) | undefined,
}));
vi.mock("../../src/mechanisms/secondary-private-ip/move.ts", async (importOriginal) => {
  const { move } = await importOriginal<{ move: typeof Move }>();
  return { move: (...args: Parameters<typeof Move>) => (broken.move ? broken.move(move) : move)(...args) };
});
vi.mock("../../src/mechanisms/secondary-private-ip/bind-eip.ts", async (importOriginal) => {
  const { bindEip } = await importOriginal<{ bindEip: typeof BindEip }>();
  return {
    bindEip: (...args: Parameters<typeof BindEip>) => (broken.bindEip ? broken.bindEip(bindEip) : bindEip)(...args),
  };
});
vi.mock("../../src/protocol/decision/index.ts", async (importOriginal) => {
  const original = await importOriginal<{ decideAddress: typeof Decide }>();
  return {
    ...original,
    decideAddress: (...args: Parameters<typeof Decide>) =>
      (broken.decide ? broken.decide(original.decideAddress) : original.decideAddress)(...args),
  };
});
// Most of a run's time goes into what the model's cloud does not look at, or what is the same in each run.
vi.mock("../../src/cloud/tc3.ts", () => ({ authorization: () => "" }));
vi.mock("../../src/contract/index.ts", async (importOriginal) => {
  const original = await importOriginal<{ parseSettings: typeof ParseSettings }>();
  const known = new Map<string | undefined, ReturnType<typeof ParseSettings>>();
  const parseSettings = (text: string | undefined) => {
    const settings = known.get(text) ?? original.parseSettings(text);
    known.set(text, settings);
    return settings;
  };
  return { ...original, parseSettings };
});
afterEach(() => {
  broken.decide = broken.move = broken.bindEip = undefined;
});

/**
 * How many of the schedules are run: `npm run test:long` runs a fifth of them, `npm run coverage -w pairctl` all, and
 * `npm run model -w pairctl` twenty times as many.
 */
const DEPTH = Number(process.env["MODEL_DEPTH"] ?? 0.2);
const TIMEOUT_MS = 60_000 * Math.max(DEPTH, 1);

/** The seeds among which a broken rule has to be noticed. */
const SEEDS_OF_MUTANTS = 1_000;

/** The longest waits of a weaker MASTER that takes again, and of a BACKUP that helps without a word. */
const RETAKE_MS = 24_000;
const HELP_MS = 20_000;

/** How likely words of the peer are lost, schedule by schedule: always, sometimes, never. */
const WORD_LOSSES = [1, 0.3, 0];

/** From the end of all faults: an election (3.6 s and a beat), each of the waits, and a look and a run after each. */
const CONVERGENCE_MS = 4000 + RETAKE_MS + HELP_MS + 3 * (5000 + 3000);

/** How often the address may move in an hour in which both nodes are MASTER: to the weaker after each wait, and back. */
const MOVES_AN_HOUR = 2 * ((3600 * 1000) / RETAKE_MS + 3);

/** Something that goes wrong with a pair, drawn at random. */
function strike(model: Model): void {
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  const ms = model.between(100, 15_000);
  const during = (begin: () => void, end: () => void) => {
    begin();
    model.after(ms, end);
  };
  const faults: readonly (() => void)[] = [
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
    () => node.killPairctl(),
    () => (node.skew = model.between(-2, 2) * 3_600_000),
    () => (model.cloud.tokens += 1),
    () => model.cloud.unassign(),
  ];
  faults[Math.floor(model.random() * faults.length)]?.();
}

/** Ends everything that is wrong. */
function heal(model: Model): void {
  model.note("all is well from now on");
  model.unreliability = 0;
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

/** Waits until the one MASTER has address and EIP, for as long as that may take, and sees that nothing moves any more. */
async function expectConvergence(model: Model): Promise<void> {
  const isConverged = () => {
    const [master, ...others] = masters(model);
    return others.length === 0 && master === model.cloud.holder && model.cloud.isEipBound;
  };
  for (let ms = 0; ms < CONVERGENCE_MS && !isConverged(); ms += 500) await model.pass(500);
  // It may have been so by chance, with a task or a run on its way.
  for (let quiet = 0, ms = 0; quiet < 25_000 && ms < CONVERGENCE_MS; ms += 500) {
    const moves = model.cloud.moves.length;
    await model.pass(500);
    quiet = isConverged() && model.cloud.moves.length === moves ? quiet + 500 : 0;
  }
  expect(masters(model)).toEqual([model.cloud.holder]);
  expect(model.cloud.isEipBound).toBe(true);
  const moves = model.cloud.moves.length;
  await model.pass(25_000);
  expect(masters(model)).toEqual([model.cloud.holder]);
  expect(model.cloud.moves.length).toBe(moves);
}

/** Runs what can fail for as many seeds as the depth says; a failure names its seed and tells the story. */
function explore(
  schedules: number,
  run: (model: Model) => Promise<void>,
  wordLosses: readonly number[] = WORD_LOSSES,
): Promise<void> {
  return runSeeds(Math.ceil(schedules * DEPTH), run, wordLosses);
}

async function runSeeds(
  seeds: number,
  run: (model: Model) => Promise<void>,
  wordLosses: readonly number[],
): Promise<void> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const model = new Model(seed);
    model.wordLoss = wordLosses[seed % wordLosses.length] ?? 1;
    try {
      if (model.chance(0.5)) model.cloud.drawReadings();
      for (const node of model.nodes) model.after(model.between(0, 2000), () => node.boot());
      await run(model);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}\n${model.log.join("\n")}`, { cause: error });
    }
  }
}

async function anyFaults(model: Model): Promise<void> {
  model.unreliability = model.chance(0.5) ? 0 : model.between(0, 0.4);
  const duration = model.between(20_000, 60_000);
  const count = Math.ceil(model.between(1, 8));
  for (let index = 0; index < count; index += 1) model.after(model.between(0, duration), () => strike(model));
  await model.pass(duration);
  heal(model);
  await expectConvergence(model);
  expect(model.lies).toEqual([]);
  const [, secondary] = model.nodes;
  const causes = secondary.promotions + secondary.notified + model.faults + Math.ceil(model.now / 6000);
  expect(takes(model, secondary).length).toBeLessThanOrEqual(causes);
}

/** Both nodes are MASTER for an hour, and nothing else is wrong. */
async function splitBrain(model: Model): Promise<void> {
  await model.pass(model.between(0, 30_000));
  model.linked = false;
  await model.pass(30_000);
  expect(masters(model)).toEqual(["primary", "secondary"]);
  const moves = model.cloud.moves.length;
  // The stronger has it, but for the time from each take until it looks, and has taken it back.
  let withWeaker = 0;
  for (let second = 0; second < 3600; second += 1) {
    await model.pass(1000);
    if (model.cloud.holder !== "primary") withWeaker += 1;
  }
  expect(model.cloud.moves.length - moves).toBeLessThanOrEqual(MOVES_AN_HOUR);
  expect(withWeaker).toBeLessThan((MOVES_AN_HOUR / 2) * 7);
  heal(model);
  await expectConvergence(model);
  expect(model.cloud.holder).toBe("primary");
}

/** Both nodes are MASTER for ten minutes, and nothing else is wrong: their words arrive. */
async function splitBrainWithWords(model: Model): Promise<void> {
  await model.pass(model.between(0, 30_000));
  model.linked = false;
  await model.pass(30_000);
  expect(masters(model)).toEqual(["primary", "secondary"]);
  expect(model.cloud.holder).toBe("primary");
  const moves = model.cloud.moves.length;
  await model.pass(600_000);
  expect(model.cloud.moves.length).toBe(moves);
  heal(model);
  await expectConvergence(model);
  expect(model.cloud.moves.length).toBe(moves);
}

/** Both nodes are MASTER, the stronger has the address, and dies unheard: its interface stays on its instance. */
async function deadStronger(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  model.linked = false;
  await model.pass(model.between(15_000, 300_000));
  model.nodes[0].crash();
  await model.pass(RETAKE_MS + 10_000 + 3000);
  expect(model.cloud.holder).toBe("secondary");
  expect(model.cloud.isEipBound).toBe(true);
}

/** Somebody else has the address from some moment on. */
async function foreignHolder(model: Model): Promise<void> {
  model.unreliability = model.between(0, 0.3);
  model.after(model.between(0, 20_000), () => {
    model.cloud.holder = "foreign";
  });
  for (let index = 0; index < 3; index += 1) model.after(model.between(0, 40_000), () => strike(model));
  await model.pass(60_000);
  expect(model.cloud.moves.filter(({ from }) => from === "foreign")).toEqual([]);
}

/** One node is gone for good; the other has its address and its EIP. */
async function lostNode(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  node.crash();
  if (model.chance(0.3)) model.cloud.unassign();
  await model.pass(22_000);
  expect(model.cloud.holder).toBe(model.other(node).name);
  expect(model.cloud.isEipBound).toBe(true);
}

/** The stronger node is BACKUP and the weaker one MASTER with the address, as after a repair of the stronger. */
async function repaired(model: Model): Promise<void> {
  const [primary, secondary] = model.nodes;
  await model.pass(20_000);
  primary.stopKeepalived();
  await model.pass(15_000);
  primary.startKeepalived();
  await model.pass(15_000);
  expect(masters(model)).toEqual([secondary.name]);
  expect(model.cloud.holder).toBe(secondary.name);
}

/**
 * VRRP is cut and the stronger takes the address back. Its health check fails for a moment, and the BACKUP notification
 * after that is lost, so that it seems to be in FAULT for good. Then the link heals.
 */
async function lostBackupNotification(model: Model): Promise<void> {
  const [primary] = model.nodes;
  await model.pass(20_000);
  model.linked = false;
  await model.pass(25_000);
  // The weaker takes it now and then.
  for (let ms = 0; ms < 20_000 && model.cloud.holder !== "primary"; ms += 500) await model.pass(500);
  expect(model.cloud.holder).toBe("primary");
  primary.isHealthy = false;
  await model.pass(12_000);
  primary.losesNotifications = true;
  primary.isHealthy = true;
  await model.pass(1000);
  model.linked = true;
  expect(masters(model)).toEqual(["secondary"]);
  await expectConvergence(model);
  expect(model.cloud.holder).toBe("secondary");
}

/** A node that has handed over once begins a take whose task ends after the node has ceased to be MASTER. */
async function taskOutlastsMastership(model: Model): Promise<void> {
  const [primary, secondary] = model.nodes;
  await model.pass(10_000);
  secondary.stopKeepalived();
  await model.pass(10_000);
  secondary.startKeepalived();
  await model.pass(10_000);
  expect(model.cloud.holder).toBe("primary");
  secondary.hasApi = false;
  primary.stopKeepalived();
  await model.pass(5000);
  primary.startKeepalived();
  await model.pass(15_000);
  expect(model.cloud.moves.at(-1)).toMatchObject({ by: "primary", to: "secondary" });
  secondary.hasApi = true;
  await model.pass(15_000);
  model.cloud.taskMs = 8000;
  model.linked = false;
  await model.pass(6000);
  expect(masters(model)).toEqual(["primary", "secondary"]);
  primary.isHealthy = false;
  await model.pass(500);
  model.linked = primary.isHealthy = true;
  await model.pass(8000);
  model.cloud.taskMs = undefined;
  expect(model.cloud.moves.at(-1)).toMatchObject({ by: "primary", to: "primary" });
  expect(masters(model)).toEqual(["secondary"]);
  await expectConvergence(model);
  expect(model.cloud.holder).toBe("secondary");
}

/** Somebody moves the address by hand to the stronger node, which is BACKUP, and does that again. */
async function movedByHandTwice(model: Model): Promise<void> {
  await repaired(model);
  for (let time = 1; time <= 2; time += 1) {
    model.cloud.moveByHand("primary");
    await expectConvergence(model);
    expect(model.cloud.holder).toBe("secondary");
  }
}

/** Each left a healed pair without service for good, before hand-overs and takes were repeated. */
const SCHEDULES_THAT_ENDED_IN_AN_OUTAGE: readonly [string, (model: Model) => Promise<void>][] = [
  ["VRRP is cut, the stronger falls ill, and its BACKUP notification is lost", lostBackupNotification],
  ["a task outlasts the mastership of a node that has handed over before", taskOutlastsMastership],
  ["the address is moved by hand to the stronger BACKUP twice", movedByHandTwice],
];

describe("the protocol, with the real pairctl on two nodes and seeded schedules:", () => {
  test(
    "soon after the last of any faults is over, the one MASTER has address and EIP, and nothing moves",
    () => explore(150, anyFaults),
    TIMEOUT_MS,
  );

  test(
    "while both are MASTER, the stronger has it nearly always, and moves an hour are bounded",
    () => explore(2, splitBrain),
    TIMEOUT_MS,
  );

  test(
    "while both are MASTER and their words arrive, nothing moves",
    () => explore(2, splitBrainWithWords, [0]),
    TIMEOUT_MS,
  );

  test(
    "while both are MASTER and the stronger dies, the weaker takes over within a bound",
    () => explore(50, deadStronger),
    TIMEOUT_MS,
  );

  test(
    "nobody takes the address from an interface that is not the pair's",
    () => explore(80, foreignHolder),
    TIMEOUT_MS,
  );

  test("the node that is left takes over", () => explore(200, lostNode), TIMEOUT_MS);

  test.each(SCHEDULES_THAT_ENDED_IN_AN_OUTAGE)(
    "ends in service, not in an outage for good, where %s",
    (_, run) => explore(20, run),
    TIMEOUT_MS,
  );
});

describe("the model notices where", () => {
  /** A rule that changes a decision. The mutants of the decision's own model have all the others. */
  type Rule = (decide: typeof Decide) => typeof Decide;
  const rules: readonly [string, (model: Model) => Promise<void>, Rule][] = [
    [
      "a BACKUP keeps what it has, and the weaker MASTER does not take again",
      anyFaults,
      (decide) => (node, address, rules) =>
        node.vrrp === "MASTER" ? withoutRetakes(decide)(node, address, rules) : idle(address.memory),
    ],
    [
      "what is remembered is lost from pass to pass",
      splitBrain,
      (decide) => (node, address, rules) =>
        decide(node, { ...address, memory: { attempts: 0, triedAt: 0, helps: 0 } }, rules),
    ],
    [
      "a node that is not MASTER acts as one",
      anyFaults,
      (decide) => (node, address, rules) => decide({ ...node, vrrp: "MASTER" }, address, rules),
    ],
    [
      "the weaker takes at each look, and the stronger does not",
      splitBrain,
      (decide) => (node, address, rules) => decide({ ...node, isStronger: !node.isStronger }, address, rules),
    ],
    [
      "an address of nobody is left alone",
      lostNode,
      (decide) => (node, address, rules) =>
        address.holder === "none" ? idle(address.memory) : decide(node, address, rules),
    ],
    [
      "the address is taken from a foreign holder",
      foreignHolder,
      (decide) => (node, address, rules) => decide(node, address, { ...rules, allowForeign: true }),
    ],
    [
      "the address is taken for its own while it is moving",
      anyFaults,
      (decide) => (node, address, rules) =>
        decide(node, { ...address, holder: address.holder === "moving" ? "mine" : address.holder }, rules),
    ],
    ["a weaker MASTER leaves the address for good: its peer is dead", deadStronger, withoutRetakes],
    [
      "times are not those of the adverts",
      deadStronger,
      (decide) => (node, address, rules) => decide(node, address, { ...rules, advertInt: 10 }),
    ],
  ];

  test.each(rules)(
    "%s",
    async (_, run, rule) => {
      broken.decide = rule;
      // A word makes up for some of them.
      await expect(runSeeds(SEEDS_OF_MUTANTS, run, [1])).rejects.toThrow(/^seed \d+: /);
    },
    TIMEOUT_MS,
  );

  const ways: readonly [string, () => void][] = [
    [
      "an address that cannot be migrated is not taken off its interface",
      () => (broken.move = (move) => (run, seen, to) => move(run, { ...seen, isFree: false }, to)),
    ],
    [
      "an address that was taken off its interface is not assigned",
      () => (broken.move = (move) => async (run, seen, to) => seen.holder !== "none" && move(run, seen, to)),
    ],
    [
      "an EIP that has stayed behind is not unbound",
      () => (broken.bindEip = (bindEip) => (run, seen) => bindEip({ ...run, eipAskedAt: Infinity }, seen)),
    ],
    [
      "an EIP that was unbound is not bound again",
      () =>
        (broken.bindEip = (bindEip) => (run, seen) => {
          const call: Run["api"]["call"] = async (action, payload) => {
            const [eip] = (await run.api.call("DescribeAddresses", payload))["AddressSet"] as readonly [
              { PrivateAddressIp?: string },
            ];
            return action === "AssociateAddress" && !eip.PrivateAddressIp ? {} : run.api.call(action, payload);
          };
          return bindEip({ ...run, api: { ...run.api, call } }, seen);
        }),
    ],
  ];

  test.each(ways)(
    "%s",
    async (_, breakIt) => {
      breakIt();
      await expect(runSeeds(SEEDS_OF_MUTANTS, anyFaults, WORD_LOSSES)).rejects.toThrow(/^seed \d+: /);
    },
    TIMEOUT_MS,
  );

  function idle(memory: AddressDecision["memory"]): AddressDecision {
    return { step: "idle", memory };
  }

  /** A weaker MASTER that leaves the address to the stronger one never takes it again. */
  function withoutRetakes(decide: typeof Decide): typeof Decide {
    return (node, address, rules) => {
      const { memory } = address;
      const triedAt = memory.attempts > 0 ? node.now : memory.triedAt;
      return decide(node, { ...address, memory: { ...memory, triedAt } }, rules);
    };
  }
});
