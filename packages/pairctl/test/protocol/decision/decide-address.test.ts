import { describe, expect, test } from "vitest";
import { type SharedAddressFacts, decide, type Holder, type NodeFacts } from "../../../src/protocol/decision/index.ts";
import { address, ADVERT_MS, ago, attempts, NOW, RULES, standby, weakerMaster, word } from "./facts.ts";

const stronger = { isStronger: true };
const decided = (node: NodeFacts, facts: SharedAddressFacts, rules = RULES) => {
  const [decision] = decide(node, [facts], rules).addresses;
  if (!decision) throw new Error("no decision");
  return decision;
};
const stepOf = (...args: Parameters<typeof decided>) => decided(...args).step;

describe("a MASTER", () => {
  test.each<Holder>(["parked", "none", "gone"])("takes an address that no node has: %s", (holder) => {
    expect(stepOf(weakerMaster(), address(holder, attempts(3, 0)))).toBe("take");
  });

  test.each<Holder>(["unknown", "moving"])("writes nothing while the holder is %s", (holder) => {
    expect(stepOf(weakerMaster(), address(holder))).toBe("look again");
  });

  test("refuses to take it from an interface that is not the pair's, unless that is allowed", () => {
    expect(stepOf(weakerMaster(), address("foreign"))).toBe("refuse");
    expect(stepOf(weakerMaster(), address("foreign"), { ...RULES, allowForeign: true })).toBe("take");
  });

  test("keeps what it has, and binds an EIP that is missing", () => {
    expect(stepOf(weakerMaster(), address("mine"))).toBe("keep");
    expect(stepOf(weakerMaster(), { ...address("mine"), hasEip: false })).toBe("bind EIP");
  });

  test("counts a take from its peer before it is done, and begins anew at the next promotion", () => {
    const peers = address("peer", attempts(1, 9));
    expect(decided(weakerMaster(), peers).memory).toMatchObject({ attempts: 2, triedAt: NOW });
    const next = weakerMaster({ promotion: "the next one" });
    expect(decided(next, peers).memory).toMatchObject({ attempts: 1, promotion: "the next one" });
  });

  test("does not wait longer for having taken what no node had", () => {
    expect(decided(weakerMaster(), address("parked", attempts(0, 9))).memory.attempts).toBe(1);
    expect(decided(weakerMaster(), address("parked", attempts(2, 9))).memory.attempts).toBe(2);
  });

  test("has fulfilled its promotion once it has the address, and waits as long as before when it has given it away", () => {
    expect(decided(weakerMaster(), address("mine", attempts(0, 9))).memory.attempts).toBe(1);
    // The stronger's word may be lost again: waits that began anew would move the address twice each time.
    expect(decided(weakerMaster({ word: word("MASTER") }), address("mine", attempts(3, 9))).memory.attempts).toBe(3);
  });

  test("whose notification was lost goes on with the promotion that it knows of", () => {
    const unnotified = weakerMaster({ promotion: undefined });
    expect(stepOf(unnotified, address("peer", attempts(1, 1)))).toBe("leave");
  });
});

describe("where the peer has the address, a MASTER", () => {
  test("takes it if it is the stronger one, whatever the peer says", () => {
    expect(stepOf(weakerMaster({ ...stronger, word: word("MASTER") }), address("peer", attempts(3, 0)))).toBe("take");
  });

  test("takes it if it is the weaker one and its peer says that it is not MASTER", () => {
    expect(stepOf(weakerMaster({ word: word("FAULT", 2.9) }), address("peer", attempts(3, 0)))).toBe("take");
  });

  test("leaves it if it is the weaker one and its peer says that it is MASTER, even if just promoted", () => {
    expect(stepOf(weakerMaster({ word: word("MASTER", 2.9) }), address("peer"))).toBe("leave");
  });

  test("takes it at once if its peer has said since before its promotion that it is not MASTER", () => {
    const promoted = weakerMaster({ since: ago(0.1), word: word("BACKUP", 0.2) });
    expect(stepOf(promoted, address("peer", attempts(1, 1)))).toBe("take");
  });

  test("leaves it if the word MASTER was asked for at the moment of its promotion", () => {
    expect(stepOf(weakerMaster({ since: ago(1), word: word("MASTER", 1) }), address("peer"))).toBe("leave");
  });

  test("takes it at once if the word MASTER is from before its own promotion: a failover is not held back", () => {
    const promoted = weakerMaster({ since: ago(0.1), word: word("MASTER", 0.2) });
    expect(stepOf(promoted, address("peer"))).toBe("take");
  });

  test.each([
    [1, 6],
    [2, 12],
    [3, 24],
  ])("takes it without a word after %i attempts once %i advert intervals are over", (count, wait) => {
    expect(stepOf(weakerMaster(), address("peer", attempts(0, 0)))).toBe("take");
    expect(stepOf(weakerMaster(), address("peer", attempts(count, wait)))).toBe("take");
    expect(decided(weakerMaster(), address("peer", attempts(count, wait - 1)))).toMatchObject({
      step: "leave",
      until: NOW + ADVERT_MS,
    });
  });
});

test("waits as long with sub-second adverts as with one each second: the cloud's tasks take no less time", () => {
  const subSecond = { ...RULES, advertInt: 0.2 };
  const triedAgo = (ms: number) => address("peer", { ...attempts(1, 0), triedAt: NOW - ms });
  expect(stepOf(weakerMaster(), triedAgo(5999), subSecond)).toBe("leave");
  expect(stepOf(weakerMaster(), triedAgo(6000), subSecond)).toBe("take");
});

describe("the weaker MASTER that has the address", () => {
  const proven = weakerMaster({ word: word("MASTER", 0.9) });

  test("gives it to a peer that is proven to be MASTER, too", () => {
    expect(stepOf(proven, address("mine"))).toBe("hand over");
    expect(stepOf({ ...proven, ...stronger }, address("mine"))).toBe("keep");
    expect(stepOf(proven, address("mine"), { ...RULES, mechanism: "havip" })).toBe("keep");
  });

  test.each([
    ["the word is not of this moment", { word: word("MASTER", 1) }],
    ["the peer has just become MASTER", { word: word("MASTER", 0, 0.9) }],
    ["it has just become MASTER itself", { word: word("MASTER"), since: ago(0.9) }],
    ["the peer is not MASTER", { word: word("BACKUP") }],
  ])("keeps it where %s", (_, facts) => {
    expect(stepOf(weakerMaster(facts), address("mine"))).toBe("keep");
  });
});

describe("a node that is not MASTER", () => {
  test.each(["BACKUP", "FAULT", "STOP", "DEAD"] as const)("does for a MASTER what that cannot do: %s", (vrrp) => {
    const helper = standby({ vrrp, word: word("MASTER", 2.9) });
    expect(stepOf(helper, address("mine"))).toBe("hand over");
    expect(stepOf(helper, address("parked"))).toBe("assign to peer");
    expect(stepOf(helper, address("none"))).toBe("assign to peer");
    expect(stepOf(helper, { ...address("peer"), hasEip: false })).toBe("bind EIP");
    expect(stepOf(helper, address("foreign"), { ...RULES, allowForeign: true })).toBe("idle");
    expect(stepOf(helper, address("moving"))).toBe("look again");
  });

  test("leaves a new MASTER an advert interval to do it by itself", () => {
    expect(stepOf(standby({ word: word("MASTER", 0, 1) }), address("mine"))).toBe("hand over");
    expect(stepOf(standby({ word: word("MASTER", 0, 0.9) }), address("mine"))).toBe("idle");
  });

  test("looks again where it does not know who has it", () => {
    expect(stepOf(standby({ word: word("MASTER") }), address("unknown"))).toBe("look again");
  });

  test.each<Holder>(["gone", "foreign"])("binds no EIP where the MASTER has not got the address: %s", (holder) => {
    expect(stepOf(standby({ word: word("MASTER") }), { ...address(holder), hasEip: false })).toBe("idle");
  });

  test("does not wait where its peer needs nothing", () => {
    expect(decided(standby(), address("peer", { waitingSince: ago(3) })).memory.waitingSince).toBeUndefined();
  });

  test("only looks where the fabric moves the address, and has made no attempts", () => {
    const { memory, step } = decided(standby({ word: word("MASTER") }), address("mine", attempts(2, 1)), {
      ...RULES,
      mechanism: "havip",
    });
    expect(step).toBe("idle");
    expect(memory.attempts).toBe(0);
  });

  test("does nothing for a peer that is not MASTER", () => {
    expect(stepOf(standby({ word: word("BACKUP") }), address("mine", { waitingSince: ago(90) }))).toBe("idle");
  });

  test.each([
    [0, 5],
    [1, 10],
    [2, 20],
  ])("hands over what it has without a word, after %i times once %i advert intervals are over", (helps, wait) => {
    expect(decided(standby(), address("mine", { helps, waitingSince: ago(wait - 1) }))).toMatchObject({
      step: "idle",
      until: NOW + ADVERT_MS,
    });
    const { memory, step } = decided(standby(), address("mine", { helps, waitingSince: ago(wait) }));
    expect(step).toBe("hand over");
    expect(memory.helps).toBe(Math.min(helps + 1, 2));
  });

  test("goes by the adverts that it hears, and without a listener by being BACKUP, or perhaps so", () => {
    const holding = address("mine", { waitingSince: ago(5) });
    expect(stepOf(standby({ vrrp: "FAULT" }), holding)).toBe("hand over");
    expect(stepOf(standby({ adverts: { heardAt: ago(3) } }), holding)).toBe("idle");
    expect(stepOf(standby({ adverts: undefined }), holding)).toBe("hand over");
    expect(stepOf(standby({ adverts: undefined, vrrp: "FAULT" }), holding)).toBe("hand over");
    expect(stepOf(standby({ adverts: undefined, vrrp: "STOP" }), holding)).toBe("idle");
    expect(stepOf(standby({ adverts: undefined, vrrp: "DEAD" }), holding)).toBe("idle");
  });

  test("a node in FAULT goes on helping, since its peer may be MASTER by now, each 20 adverts at most", () => {
    const inFault = standby({ adverts: undefined, vrrp: "FAULT" });
    const steps = (helps: number, waited: number) =>
      stepOf(inFault, address("mine", { helps, waitingSince: ago(waited) }));
    expect([steps(1, 9), steps(1, 10)]).toEqual(["idle", "hand over"]);
    expect([steps(2, 19), steps(2, 20)]).toEqual(["idle", "hand over"]);
    expect(decided(inFault, address("mine", { helps: 2, waitingSince: ago(20) })).memory.helps).toBe(2);
  });

  test("forgets its attempts, and a MASTER its hand-overs", () => {
    expect(decided(standby(), address("peer", attempts(3, 1))).memory.attempts).toBe(0);
    expect(decided(weakerMaster(), address("peer", { helps: 2 })).memory.helps).toBe(0);
  });
});

test("the stronger node decides the same whatever it remembers of its attempts and its promotion", () => {
  const holders: readonly Holder[] = ["mine", "peer", "gone", "parked", "none", "foreign", "moving", "unknown"];
  for (const holder of holders) {
    for (const peer of [undefined, word("MASTER"), word("MASTER", 2, 0), word("BACKUP", 1)]) {
      for (const since of [ago(0), ago(1), ago(50)]) {
        const node = weakerMaster({ ...stronger, since, word: peer });
        const steps = [
          attempts(0, 0),
          attempts(1, 3),
          attempts(3, 30),
          { ...attempts(2, 1), promotion: "another" },
        ].map((memory) => stepOf(node, address(holder, memory)));
        expect(new Set(steps).size).toBe(1);
      }
    }
  }
});
