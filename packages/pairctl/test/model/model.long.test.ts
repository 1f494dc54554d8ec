import { afterEach, describe, expect, test, vi } from "vitest";
import type { bindEip as BindEip } from "../../src/mechanisms/secondary-private-ip/bind-eip.ts";
import type { move as Move } from "../../src/mechanisms/secondary-private-ip/move.ts";
import type { parseSettings as ParseSettings } from "../../src/contract/index.ts";
import type { isContested as IsContested } from "../../src/mechanisms/ha-vip/contest.ts";
import type {
  AddressDecision,
  decideAddress as Decide,
  yieldUntil as YieldUntil,
} from "../../src/protocol/decision/index.ts";
import type { runRepeatedly as RunRepeatedly } from "../../src/passes/passes.ts";
import type { Run, write as Write } from "../../src/protocol/run.ts";
import { CONTESTED, END_OF_STRONGER, HA_VIP_FAULTS, LOST_NODE, SPLIT_WITH_WORDS } from "./ha-vip-schedules.ts";
import { VIPS } from "./model-cloud.ts";
import type { Model, ModelNode } from "./model.ts";
import {
  DEPTH,
  expectConvergence,
  explore,
  failAndHeal,
  fallIll,
  heal,
  masters,
  type PairOptions,
  RETAKE_MS,
  runSeeds,
  type Schedule,
  strike,
  strikeStronger,
  WORD_LOSSES,
} from "./schedules.ts";

/** A broken table of decisions, or a broken way, to see that the model notices. */
const broken = vi.hoisted(() => ({
  decide: undefined as ((original: typeof Decide) => typeof Decide) | undefined,
  move: undefined as ((original: typeof Move) => typeof Move) | undefined,
  bindEip: undefined as ((original: typeof BindEip) => typeof BindEip) | undefined,
  yieldUntil: undefined as ((original: typeof YieldUntil) => typeof YieldUntil) | undefined,
  isContested: undefined as typeof IsContested | undefined,
  runRepeatedly: undefined as ((original: typeof RunRepeatedly) => typeof RunRepeatedly) | undefined,
  write: undefined as typeof Write | undefined,
}));
vi.mock("../../src/passes/passes.ts", async (importOriginal) => {
  const original = await importOriginal<{ runRepeatedly: typeof RunRepeatedly }>();
  return {
    ...original,
    runRepeatedly: (...args: Parameters<typeof RunRepeatedly>) =>
      (broken.runRepeatedly ? broken.runRepeatedly(original.runRepeatedly) : original.runRepeatedly)(...args),
  };
});
vi.mock("../../src/protocol/run.ts", async (importOriginal) => {
  const original = await importOriginal<{ write: typeof Write }>();
  return { ...original, write: (...args: Parameters<typeof Write>) => (broken.write ?? original.write)(...args) };
});
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
vi.mock("../../src/mechanisms/ha-vip/contest.ts", async (importOriginal) => {
  const original = await importOriginal<{ isContested: typeof IsContested }>();
  return {
    ...original,
    isContested: (...args: Parameters<typeof IsContested>) => (broken.isContested ?? original.isContested)(...args),
  };
});
vi.mock("../../src/protocol/decision/index.ts", async (importOriginal) => {
  const original = await importOriginal<{ decideAddress: typeof Decide; yieldUntil: typeof YieldUntil }>();
  return {
    ...original,
    decideAddress: (...args: Parameters<typeof Decide>) =>
      (broken.decide ? broken.decide(original.decideAddress) : original.decideAddress)(...args),
    yieldUntil: (...args: Parameters<typeof YieldUntil>) =>
      (broken.yieldUntil ? broken.yieldUntil(original.yieldUntil) : original.yieldUntil)(...args),
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
  broken.decide = broken.move = broken.bindEip = broken.yieldUntil = broken.isContested = undefined;
  broken.runRepeatedly = broken.write = undefined;
});

const TIMEOUT_MS = 60_000 * Math.max(DEPTH, 1);

/** The seeds among which a broken rule has to be noticed. */
const SEEDS_OF_MUTANTS = 1_000;

const takes = (model: Model, by: ModelNode) =>
  model.cloud.moves.filter((move) => move.by === by.name && move.to === by.name && move.from === model.other(by).name);

async function anyFaults(model: Model): Promise<void> {
  await failAndHeal(model);
  await expectConvergence(model);
  const [, secondary] = model.nodes;
  const causes = secondary.promotions + secondary.notified + model.faults + Math.ceil(model.now / 6000);
  expect(takes(model, secondary).length).toBeLessThanOrEqual(causes);
}

/** How often the address may move in an hour in which both nodes are MASTER: to the weaker after each wait, and back. */
const MOVES_AN_HOUR = 2 * ((3600 * 1000) / RETAKE_MS + 3);

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

/** Both nodes are MASTER, the stronger has the address, and ends unheard: its interface stays on its instance. */
async function deadStronger(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  model.linked = false;
  await model.pass(model.between(15_000, 300_000));
  strikeStronger(model);
  await model.pass(RETAKE_MS + 10_000 + 3000);
  expect(model.cloud.holder).toBe("secondary");
  expect(model.cloud.isEipBound).toBe(true);
}

/** Somebody else has the address from some moment on. */
async function foreignHolder(model: Model): Promise<void> {
  let hasForeigner = false;
  model.unreliability = model.between(0, 0.3);
  // Not while a task of the pair moves it: then the cloud refuses.
  for (let ms = model.between(0, 20_000); ms < 40_000; ms += 200) {
    model.after(
      ms,
      () => hasForeigner || (model.cloud.moveByHand("foreign"), (hasForeigner = model.cloud.holder === "foreign")),
    );
  }
  for (let index = 0; index < 3; index += 1) model.after(model.between(0, 40_000), () => strike(model));
  await model.pass(60_000);
  expect(model.cloud.moves.filter(({ from }) => from === "foreign")).toEqual([]);
}

/** One node is gone for good; the other has its address and its EIP. */
async function lostNode(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  node.crash();
  if (model.chance(0.3)) model.cloud.unassign(model.cloud.first);
  await model.pass(22_000);
  expect(model.cloud.holder).toBe(model.other(node).name);
  expect(model.cloud.isEipBound).toBe(true);
}

/** Any faults, and then one node is ill for good: the MASTER has address and EIP, and nothing moves. */
async function oneIll(model: Model): Promise<void> {
  await failAndHeal(model);
  fallIll(model);
  await expectConvergence(model);
}

/** An election (3.7 s and a beat), the notification and the look-ups, and a task. */
const TAKEOVER_MS = 4000 + 500 + 1500;

/** No call about the second address succeeds, and a node crashes: the first one is with the other node as soon as if it were alone. */
async function stuckAddress(model: Model): Promise<void> {
  await model.pass(model.between(8000, 30_000));
  model.cloud.stuckVip = VIPS[1];
  await model.pass(model.between(0, 15_000));
  const node = model.nodes.find(({ name }) => name === model.cloud.holder) as ModelNode;
  node.crash();
  await model.pass(TAKEOVER_MS);
  expect(model.cloud.holder).toBe(model.other(node).name);
}

/** A new MASTER is frozen while it asks who has the address, and is not MASTER any more when it goes on: it takes nothing. */
async function frozenMidway(model: Model): Promise<void> {
  const [primary, secondary] = model.nodes;
  await model.pass(20_000);
  primary.crash();
  while (!secondary.isMaster) await model.pass(20);
  await model.pass(model.between(0, 150));
  secondary.freezePairctl(2500);
  secondary.isHealthy = false;
  await model.pass(4000);
  heal(model);
  await expectConvergence(model);
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
    () => explore(2, splitBrainWithWords, { wordLosses: [0] }),
    TIMEOUT_MS,
  );

  test(
    "while both are MASTER and the stronger dies, falls ill or is drained, the weaker takes over within a bound",
    () => explore(50, deadStronger),
    TIMEOUT_MS,
  );

  test(
    "nobody takes the address from an interface that is not the pair's",
    () => explore(80, foreignHolder),
    TIMEOUT_MS,
  );

  test("the node that is left takes over", () => explore(200, lostNode), TIMEOUT_MS);

  test("while one node is ill for good and the other is well, the pair serves", () => explore(100, oneIll), TIMEOUT_MS);

  test(
    "a node that was frozen takes nothing when it goes on, unless it is MASTER",
    () => explore(20, frozenMidway),
    TIMEOUT_MS,
  );

  test("an address that is stuck delays no other", () => explore(20, stuckAddress, { vips: 2 }), TIMEOUT_MS);

  test.each(SCHEDULES_THAT_ENDED_IN_AN_OUTAGE)(
    "ends in service, not in an outage for good, where %s",
    (_, run) => explore(20, run, { advertMs: 1000 }),
    TIMEOUT_MS,
  );
});

describe("the protocol with a HAVIP, with the real pairctl on two nodes and seeded schedules:", () => {
  const schedules: readonly [string, number, Schedule, readonly number[]][] = [
    [
      "soon after the last of any faults is over, the one MASTER has it for good, and says so",
      30,
      HA_VIP_FAULTS,
      WORD_LOSSES,
    ],
    ["while VRRP is cut and the words arrive, one node is MASTER, and nothing moves", 2, SPLIT_WITH_WORDS, [0]],
    ["while VRRP and words are cut, a signal is red at each moment", 2, CONTESTED, [1]],
    [
      "while VRRP is cut and the stronger dies, falls ill or is drained, the weaker has it within a bound",
      20,
      END_OF_STRONGER,
      WORD_LOSSES,
    ],
    ["the node that is left has it", 20, LOST_NODE, WORD_LOSSES],
  ];

  test.each(schedules)(
    "%s",
    (_, count, schedule, losses) => explore(count, schedule, { wordLosses: losses, mechanism: "havip" }),
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
      "an address on the interface of a terminated instance is left alone",
      oneIll,
      (decide) => (node, address, rules) =>
        address.holder === "gone" ? idle(address.memory) : decide(node, address, rules),
    ],
    [
      "a BACKUP does not help a MASTER that cannot move the address",
      oneIll,
      (decide) => (node, address, rules) =>
        node.vrrp === "MASTER" ? decide(node, address, rules) : idle({ ...address.memory, attempts: 0 }),
    ],
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
      await expect(runSeeds(SEEDS_OF_MUTANTS, run, { wordLosses: [1] })).rejects.toThrow(/^seed \d+: /);
    },
    TIMEOUT_MS,
  );

  const steps: readonly [string, Schedule, PairOptions, () => void][] = [
    [
      "a node writes without having looked whether it still is MASTER",
      frozenMidway,
      {},
      () => (broken.write = (run, action, payload) => run.api.call(action, payload)),
    ],
    [
      "an address waits for the runs of the others",
      stuckAddress,
      { vips: 2 },
      () =>
        (broken.runRepeatedly = (runRepeatedly) => (session, purpose, tell, waitForNext) => {
          let waiting: (() => void)[] = [];
          return runRepeatedly(session, purpose, tell, async (...run) => {
            await new Promise<void>((resolve) => {
              waiting.push(resolve);
              if (waiting.length < session.settings.virtualIps.length) return;
              for (const goOn of waiting) goOn();
              waiting = [];
            });
            return waitForNext(...run);
          });
        }),
    ],
  ];

  test.each(steps)(
    "%s",
    async (_, run, options, breakIt) => {
      breakIt();
      await expect(runSeeds(SEEDS_OF_MUTANTS, run, options)).rejects.toThrow(/^seed \d+: /);
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
      () =>
        (broken.move = (move) => async (run, seen, to) => (seen.holder === "none" ? "planned" : move(run, seen, to))),
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
      await expect(runSeeds(SEEDS_OF_MUTANTS, anyFaults)).rejects.toThrow(/^seed \d+: /);
    },
    TIMEOUT_MS,
  );

  const haVipRules: readonly [string, Schedule, number, () => void][] = [
    [
      "the weaker of two MASTERs does not yield",
      SPLIT_WITH_WORDS,
      0,
      () => (broken.yieldUntil = () => () => undefined),
    ],
    [
      "the stronger yields",
      SPLIT_WITH_WORDS,
      0,
      () =>
        (broken.yieldUntil =
          (yieldUntil) =>
          (node, ...rest) =>
            yieldUntil({ ...node, isStronger: !node.isStronger }, ...rest)),
    ],
    [
      "a yield does not end",
      END_OF_STRONGER,
      0,
      () =>
        (broken.yieldUntil =
          (yieldUntil) =>
          (node, isYielding, ...rest) =>
            yieldUntil(node, isYielding, ...rest) ?? (isYielding ? node.now + 3000 : undefined)),
    ],
    ["a HAVIP that moves to and fro is not noticed", CONTESTED, 1, () => (broken.isContested = () => false)],
  ];

  test.each(haVipRules)(
    "%s",
    async (_, schedule, wordLoss, breakIt) => {
      breakIt();
      await expect(
        runSeeds(SEEDS_OF_MUTANTS, schedule, { wordLosses: [wordLoss], mechanism: "havip" }),
      ).rejects.toThrow(/^seed \d+: /);
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
