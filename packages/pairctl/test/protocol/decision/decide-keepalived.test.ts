import { describe, expect, test } from "vitest";
import { type SharedAddressFacts, decide, type NodeFacts } from "../../../src/protocol/decision/index.ts";
import { address, ADVERT_MS, ago, NOW, RULES, standby, weakerMaster, word } from "./facts.ts";

const elsewhere = address("peer");
const decided = (node: NodeFacts, addresses: readonly SharedAddressFacts[] = [elsewhere], rules = RULES) =>
  decide(node, addresses, rules).keepalived;
const stepOf = (...args: Parameters<typeof decided>) => decided(...args).step;

/** Both are MASTER, and hear nothing of each other. */
const split = weakerMaster({ word: word("MASTER") });
const isYielding = { vrrp: "FAULT", memory: { restarts: 0, yieldUntil: NOW + 1 } } as const;

describe("the weaker of two MASTERs", () => {
  test("yields for as long as the word is good that proves the other one", () => {
    const { memory, step, until } = decided({ ...split, word: word("MASTER", 0.5) });
    expect(step).toBe("yield");
    expect(memory.yieldUntil).toBe(NOW + 2.5 * ADVERT_MS);
    expect(until).toBe(memory.yieldUntil);
  });

  test.each<[string, Partial<NodeFacts>, readonly SharedAddressFacts[]]>([
    ["is the stronger one", { isStronger: true }, [elsewhere]],
    ["hears adverts of its peer", { adverts: { heardAt: ago(2.9) } }, [elsewhere]],
    ["has nothing that listens for adverts", { adverts: undefined }, [elsewhere]],
    ["has an address", {}, [elsewhere, address("mine")]],
    ["has an address that is moving", {}, [elsewhere, address("moving")]],
    ["does not know who has an address", {}, [address("unknown")]],
    ["has it in the eyes of its peer", {}, [{ ...address("unknown"), peerSees: "peer" }]],
    ["has it moving in the eyes of its peer", {}, [{ ...address("unknown"), peerSees: "moving" }]],
    ["has a peer that does not know who has it, either", {}, [{ ...address("unknown"), peerSees: "unknown" }]],
    ["has no word of this moment", { word: word("MASTER", 1) }, [elsewhere]],
    ["has just become MASTER", { since: ago(0.9) }, [elsewhere]],
    ["has a peer that has just become MASTER", { word: word("MASTER", 0, 0.9) }, [elsewhere]],
    ["has a peer that is not MASTER", { word: word("FAULT") }, [elsewhere]],
  ])("does not yield where it %s", (_, facts, addresses) => {
    expect(stepOf({ ...split, ...facts }, addresses)).toBe("nothing");
  });

  test("goes by the peer's word on the holder where it cannot ask the cloud", () => {
    expect(stepOf(split, [{ ...address("unknown"), peerSees: "mine" }])).toBe("yield");
  });

  test("yields with a HAVIP whoever has it: the fabric follows the only MASTER", () => {
    expect(stepOf(split, [address("mine")], { ...RULES, mechanism: "havip" })).toBe("yield");
  });
});

describe("a yield", () => {
  test("goes on while the peer says that it is MASTER", () => {
    const { memory, step } = decided(weakerMaster({ ...isYielding, word: word("MASTER", 2) }));
    expect(step).toBe("yield");
    expect(memory.yieldUntil).toBe(NOW + ADVERT_MS);
  });

  test.each<[string, Partial<NodeFacts>]>([
    ["the peer is not MASTER any more", { word: word("BACKUP") }],
    ["the word is too old", { word: word("MASTER", 3) }],
    ["adverts of the peer are heard", { word: word("MASTER"), adverts: { heardAt: ago(0.1) } }],
    ["this node is the stronger one and MASTER", { word: word("MASTER"), vrrp: "MASTER", isStronger: true }],
  ])("ends at once where %s", (_, facts) => {
    const { memory, step } = decided(weakerMaster({ ...isYielding, ...facts }));
    expect(step).toBe("end yield");
    expect(memory).toEqual({ restarts: 0 });
  });

  test("is over at its end", () => {
    const over = { ...isYielding, memory: { restarts: 0, yieldUntil: NOW } };
    expect(stepOf(weakerMaster({ ...over, word: word("MASTER") }))).toBe("nothing");
  });
});

describe("a BACKUP that does not hear the MASTER which it has word of", () => {
  const rules = { ...RULES, incumbentKeeps: true };
  const backup = standby({ adverts: { heardAt: ago(2) }, word: word("MASTER", 0.8) });

  test("steps back before it is elected, where the incumbent keeps", () => {
    expect(stepOf(backup, [elsewhere], rules)).toBe("nothing");
    const silent = { ...backup, adverts: { heardAt: ago(3) } };
    expect(stepOf(silent, [elsewhere], rules)).toBe("yield");
    expect(stepOf({ ...silent, isStronger: true }, [elsewhere], rules)).toBe("yield");
    expect(stepOf(silent)).toBe("nothing");
  });

  test("does not take a crash for a cut: the word is from before the silence", () => {
    expect(stepOf({ ...backup, adverts: { heardAt: ago(3) }, word: word("MASTER", 1.9) }, [elsewhere], rules)).toBe(
      "nothing",
    );
  });

  test("steps back by a word of 1.2 adverts after the last one that it heard, and no earlier one", () => {
    const silent = { ...backup, adverts: { heardAt: ago(3.5) } };
    expect(stepOf({ ...silent, word: word("MASTER", 2.3) }, [elsewhere], rules)).toBe("yield");
    expect(stepOf({ ...silent, word: word("MASTER", 2.31) }, [elsewhere], rules)).toBe("nothing");
  });

  test("steps back only before it is elected: not in FAULT", () => {
    const ill = { ...backup, vrrp: "FAULT", adverts: { heardAt: ago(3) } } as const;
    expect(stepOf(ill, [elsewhere], rules)).toBe("nothing");
  });

  test("counts from its start where it has never heard one", () => {
    const booted = standby({ adverts: { heardAt: undefined }, word: word("MASTER"), since: ago(1.9) });
    expect(stepOf(booted, [elsewhere], rules)).toBe("nothing");
    expect(stepOf({ ...booted, since: ago(2) }, [elsewhere], rules)).toBe("yield");
  });
});

describe("a BACKUP that knows of no MASTER", () => {
  const lost = (restarts: number, adverts: number, facts: Partial<NodeFacts> = {}) =>
    standby({ adverts: { heardAt: undefined }, memory: { restarts, masterlessSince: ago(adverts) }, ...facts });

  test.each([
    [0, 12],
    [1, 24],
    [2, 48],
    [3, 96],
    [4, 96],
  ])("has keepalived restarted, after %i times once %i advert intervals are over", (restarts, wait) => {
    const memoryBefore = { restarts, masterlessSince: ago(wait - 1) };
    expect(decided(lost(restarts, wait - 1))).toEqual({
      step: "nothing",
      until: NOW + ADVERT_MS,
      memory: memoryBefore,
    });
    const { memory, step } = decided(lost(restarts, wait));
    expect(step).toBe("restart");
    expect(memory).toEqual({ restarts: Math.min(restarts + 1, 4) });
  });

  test.each<[string, Partial<NodeFacts>, SharedAddressFacts]>([
    ["it hears adverts", { adverts: { heardAt: ago(1) } }, address("mine")],
    ["its peer is MASTER", { word: word("MASTER") }, address("mine")],
    ["nothing listens and the peer has the address", { adverts: undefined }, address("peer")],
    ["nothing listens and the holder is not known", { adverts: undefined }, address("unknown")],
  ])("is left alone, and restarts are counted anew, where %s", (_, facts, holder) => {
    expect(decided(lost(3, 99, facts), [holder])).toEqual({ step: "nothing", memory: { restarts: 0 } });
  });

  test("is left alone where its peer has one of the addresses, and nothing listens", () => {
    const addresses = [address("parked"), elsewhere];
    expect(decided(lost(3, 99, { adverts: undefined }), addresses)).toEqual({
      step: "nothing",
      memory: { restarts: 0 },
    });
  });

  test("counts restarts anew once it is MASTER itself", () => {
    const master = lost(3, 99, { vrrp: "MASTER" });
    expect(decided(master, [address("mine")])).toEqual({ step: "nothing", memory: { restarts: 0 } });
  });

  test("goes by its peer's word, or by the holder, where nothing listens", () => {
    expect(stepOf(lost(0, 12, { adverts: undefined, word: word("BACKUP") }))).toBe("restart");
    expect(stepOf(lost(0, 12, { adverts: undefined }), [address("parked")])).toBe("restart");
  });

  test("has it restarted soon where keepalived has lost its interface, whatever the state", () => {
    const hears = { adverts: { heardAt: ago(0) }, hasLostInterface: true, vrrp: "FAULT" } as const;
    expect(stepOf(lost(0, 2, hears))).toBe("restart");
    expect(stepOf(lost(1, 2, hears))).toBe("nothing");
  });

  test("in FAULT is not restarted, and what was counted stays: it may be on its way back", () => {
    expect(decided(lost(2, 99, { vrrp: "FAULT" }))).toEqual({ step: "nothing", memory: { restarts: 2 } });
    expect(decided(lost(2, 99, { vrrp: "DEAD" }))).toEqual({ step: "nothing", memory: { restarts: 2 } });
  });
});
