import { afterEach, describe, expect, test, vi } from "vitest";
import { freshWord, hearsPeer, isProvenMaster, waitMs } from "../../../src/protocol/decision/evidence.ts";
import { ago, NOW, RULES, weakerMaster, word } from "./facts.ts";

test("a word is good for three adverts after it was asked for", () => {
  const fresh = word("BACKUP", 2.9);
  expect(freshWord(weakerMaster({ word: fresh }), RULES)).toBe(fresh);
  expect(freshWord(weakerMaster({ word: word("BACKUP", 3) }), RULES)).toBeUndefined();
  expect(freshWord(weakerMaster(), RULES)).toBeUndefined();
});

describe("where the build leaves the peer's word out", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("no word is good, and none proves a MASTER", () => {
    vi.stubGlobal("__PEER_WORD__", false);
    expect(freshWord(weakerMaster({ word: word("MASTER", 0.9) }), RULES)).toBeUndefined();
    expect(isProvenMaster(weakerMaster({ word: word("MASTER", 0.9) }), RULES)).toBe(false);
  });
});

test.each([
  [0.2, 600, 3000],
  [1, 3000, 3000],
  [5, 15_000, 15_000],
])(
  "with adverts every %d s a word is good for %d ms, but a wait of three intervals takes %d ms",
  (advertInt, good, wait) => {
    const rules = { ...RULES, advertInt };
    const asked = (ms: number) => weakerMaster({ word: { ...word("BACKUP", 0), askedAt: NOW - ms } });
    expect([good - 1, good + 1].map((ms) => freshWord(asked(ms), rules) !== undefined)).toEqual([true, false]);
    expect(waitMs(3, rules)).toBe(wait);
  },
);

describe("the peer's adverts", () => {
  test.each([
    ["come where one has come within three adverts", { heardAt: ago(2.9) }, true],
    ["do not come where the last one is older", { heardAt: ago(3) }, false],
    ["do not come where none has ever come", { heardAt: undefined }, false],
    ["are unknown where nothing listens", undefined, undefined],
  ])("%s", (_, adverts, heard) => {
    expect(hearsPeer(weakerMaster({ adverts }), RULES)).toBe(heard);
  });
});

describe("the peer is proven to be MASTER, too,", () => {
  test("where it says so of this moment, and both have been it for an advert", () => {
    expect(isProvenMaster(weakerMaster({ word: word("MASTER", 0.9) }), RULES)).toBe(true);
    expect(isProvenMaster(weakerMaster({ word: word("MASTER", 0.5, 1), since: ago(1.5) }), RULES)).toBe(true);
  });

  test.each([
    ["where it says nothing", undefined, 100],
    ["where it says that it is BACKUP", word("BACKUP"), 100],
    ["by a word of an advert ago", word("MASTER", 1), 100],
    ["where it has just become MASTER", word("MASTER", 0, 0.9), 100],
    ["where this node has just become MASTER", word("MASTER", 0), 0.9],
    ["by a word from before this node's promotion", word("MASTER", 0.5), 0.4],
    ["by a word from less than an advert after it", word("MASTER", 0.9), 1.8],
  ])("not %s", (_, said, masterFor) => {
    expect(isProvenMaster(weakerMaster({ word: said, since: ago(masterFor) }), RULES)).toBe(false);
  });
});
