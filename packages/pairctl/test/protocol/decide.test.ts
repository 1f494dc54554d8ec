import { describe, expect, test } from "vitest";
import { VRRP_STATES } from "../../src/contract/index.ts";
import { decide, type Facts, fulfilled, handedOver, type Rules } from "../../src/protocol/decide.ts";
import { type Memory, NOTHING } from "../../src/protocol/memory.ts";
import type { Holder } from "../../src/protocol/outcome.ts";

const RULES: Rules = { allowForeign: false, handOverMs: 5000 };
const HOLDERS: readonly Holder[] = ["mine", "peer", "gone", "parked", "none", "foreign", "moving"];
/** The weaker node, MASTER by a promotion that is fulfilled. */
const FULFILLED: Memory = { role: "master", promotion: "MASTER 1", retakes: 0 };

const facts = (change: Partial<Facts>): Facts => ({
  vrrp: "MASTER",
  holder: "mine",
  memory: FULFILLED,
  promotion: "MASTER 1",
  isStronger: false,
  now: 100_000,
  ...change,
});

const stepOf = (change: Partial<Facts>, rules: Partial<Rules> = {}) =>
  decide(facts(change), { ...RULES, ...rules }).step;

/** The steps for all holders, in the order of HOLDERS. */
const steps = (change: Partial<Facts>, rules: Partial<Rules> = {}) =>
  HOLDERS.map((holder) => stepOf({ holder, ...change }, rules));

describe("a MASTER", () => {
  const usual = ["keep", "take", "take", "take", "take", "refuse", "wait"];

  test("takes the address from whoever of the pair has it, where it is the stronger", () => {
    expect(steps({ isStronger: true })).toEqual(usual);
  });

  test("leaves it to the peer, where it is the weaker and its promotion is fulfilled", () => {
    expect(steps({})).toEqual(usual.with(1, "leave"));
  });

  test.each<[string, Partial<Facts>]>([
    ["nothing is remembered", { memory: NOTHING }],
    ["it handed the address over before", { memory: handedOver(NOTHING) }],
    ["a newer notification has come", { promotion: "MASTER 2" }],
    ["a notification has come at all", { memory: { role: "master", retakes: 0 } }],
  ])("is promoted, and takes it from the stronger peer once, where %s", (_, change) => {
    expect(stepOf({ holder: "peer", ...change })).toBe("take");
    const memory = fulfilled(facts(change));
    expect(stepOf({ holder: "peer", ...change, memory })).toBe("leave");
  });

  test("is not promoted anew by a BACKUP notification that came late", () => {
    expect(stepOf({ holder: "peer", promotion: undefined })).toBe("leave");
  });

  test("takes a foreign address where the rules allow that, and only there", () => {
    expect(stepOf({ holder: "foreign" })).toBe("refuse");
    expect(stepOf({ holder: "foreign" }, { allowForeign: true })).toBe("take");
  });

  test("forgets before a take that it has handed over, since a take may succeed when it is not MASTER any more", () => {
    expect(decide(facts({ holder: "parked", memory: { role: "backup", handOvers: 3 } }), RULES).memory).toEqual(
      NOTHING,
    );
  });
});

describe("a weaker MASTER that leaves the address to the stronger one", () => {
  /** When it takes, in seconds after it has left for the first time, where the stronger takes back at once. */
  function takesWithin(seconds: number, rules = RULES): number[] {
    const takes: number[] = [];
    let memory: Memory = FULFILLED;
    for (let second = 0; second <= seconds; second += 1) {
      const decision = decide(facts({ holder: "peer", memory, now: second * 1000 }), rules);
      memory = decision.memory;
      if (decision.step !== "take") continue;
      takes.push(second);
      memory = fulfilled(facts({ memory }));
      memory = decide(facts({ holder: "peer", memory, now: second * 1000 }), rules).memory;
    }
    return takes;
  }

  test("takes again after 20 s, 40 s, then every 80 s", () => {
    expect(takesWithin(400)).toEqual([20, 60, 140, 220, 300, 380]);
  });

  test("waits longer in proportion where an election takes longer", () => {
    expect(takesWithin(400, { ...RULES, handOverMs: 25_000 })).toEqual([100, 300]);
  });

  test("counts anew after a newer promotion", () => {
    const memory: Memory = { role: "master", promotion: "MASTER 1", retakes: 5 };
    expect(fulfilled(facts({ memory }))).toEqual(memory);
    expect(fulfilled(facts({ memory, promotion: "MASTER 2" }))).toEqual({ ...FULFILLED, promotion: "MASTER 2" });
  });

  test("counts the pause anew where it had the address in between", () => {
    const left = decide(facts({ holder: "peer", now: 0 }), RULES).memory;
    const held = decide(facts({ holder: "mine", memory: left, now: 15_000 }), RULES).memory;
    expect(stepOf({ holder: "peer", memory: held, now: 30_000 })).toBe("leave");
  });
});

describe("a BACKUP", () => {
  const backup = { vrrp: "BACKUP" } as const;

  test("leaves everything as it is, but for an address that is here", () => {
    expect(steps(backup)).toEqual(HOLDERS.map((holder) => (holder === "mine" ? "wait" : "idle")));
  });

  test("hands over what it has after an election's time, then after twice that, four times and so on", () => {
    const waits: number[] = [];
    let memory: Memory = NOTHING;
    for (let now = 0, since = 0; waits.length < 7; now += 1000) {
      const decision = decide(facts({ ...backup, memory, now }), RULES);
      memory = decision.memory;
      if (decision.step === "wait") expect(decision.until).toBeGreaterThan(now);
      else {
        expect(decision.step).toBe("hand over");
        waits.push((now - since) / 1000);
        memory = handedOver(memory);
        // Somebody gives it back at once.
        memory = decide(facts({ ...backup, memory, now }), RULES).memory;
        since = now;
      }
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 80, 80]);
  });

  test("counts hand-overs anew once it was MASTER with the address", () => {
    const memory = decide(facts({ memory: { role: "backup", handOvers: 3 } }), RULES).memory;
    expect(decide(facts({ ...backup, memory, now: 0 }), RULES)).toMatchObject({ until: 5000 });
  });

  test("begins its wait anew where the address was elsewhere in between", () => {
    const holding = decide(facts({ ...backup, now: 0 }), RULES).memory;
    const { memory } = decide(facts({ ...backup, holder: "peer", memory: holding, now: 1000 }), RULES);
    expect(memory).toEqual(NOTHING);
    expect(decide(facts({ ...backup, memory, now: 6000 }), RULES)).toMatchObject({ until: 11_000 });
  });

  test("has no promotion to fulfil any more", () => {
    expect(decide(facts({ ...backup, holder: "peer" }), RULES).memory).toEqual(NOTHING);
  });
});

describe.each(VRRP_STATES.filter((state) => state !== "MASTER" && state !== "BACKUP"))("a node in %s", (vrrp) => {
  test("does nothing, whoever has the address, since it hears nobody", () => {
    expect(steps({ vrrp })).toEqual(HOLDERS.map(() => "idle"));
  });

  test("remembers how often it has handed over, and nothing else", () => {
    const memory: Memory = { role: "backup", handOvers: 2, holdingSince: 1 };
    expect(decide(facts({ vrrp, memory }), RULES).memory).toEqual({ role: "backup", handOvers: 2 });
    expect(decide(facts({ vrrp }), RULES).memory).toEqual(NOTHING);
  });
});
