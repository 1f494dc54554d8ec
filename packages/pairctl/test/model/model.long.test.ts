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
import { CONTESTED, END_OF_STRONGER, HA_VIP_SCHEDULES, SPLIT_WITH_WORDS } from "./ha-vip-schedules.ts";
import type { Model } from "./model.ts";
import {
  anyFaults,
  deadStronger,
  foreignHolder,
  frozenMidway,
  lostNode,
  oneIll,
  PRIVATE_IP_SCHEDULES,
  splitBrain,
  stuckAddress,
} from "./private-ip-schedules.ts";
import { type PairOptions, runSeeds, type Schedule } from "./schedules.ts";

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

/**
 * How many of the schedules are run: `npm run test:long` runs a fifth of them, `npm run coverage -w pairctl` all. The
 * command for more is `npm run model -w pairctl`.
 */
const DEPTH = Number(process.env["MODEL_DEPTH"] ?? 0.2);

/** Against a hang only. */
const TIMEOUT_MS = 120_000 * Math.max(DEPTH, 1);

/** The seeds among which a broken rule has to be noticed. */
const SEEDS_OF_MUTANTS = 1_000;

describe.each([
  ["a private IP", PRIVATE_IP_SCHEDULES],
  ["a HAVIP", HA_VIP_SCHEDULES],
])("the protocol with %s, with the real pairctl on two nodes and seeded schedules:", (_, schedules) => {
  test.each(schedules)(
    "$name",
    async ({ count, options, run }) => void (await runSeeds(Math.ceil(count * DEPTH), run, options)),
    TIMEOUT_MS,
  );
});

test("a seed tells the same story again", async () => {
  const stories: string[][] = [[], []];
  for (const story of stories) {
    await runSeeds(2, async (model) => {
      await anyFaults(model);
      story.push(...model.log);
    });
  }
  expect(stories[0]).toEqual(stories[1]);
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
      "the waits of a weaker MASTER begin anew with each hand-over, and a word is lost now and then",
      splitBrain,
      {},
      () =>
        (broken.decide = (decide) => (node, address, rules) => {
          const decision = decide(node, address, rules);
          return decision.step === "hand over"
            ? { ...decision, memory: { ...decision.memory, attempts: 1 } }
            : decision;
        }),
    ],
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
