import { describe, expect, test } from "vitest";
import { PEER_PORT, type Settings } from "../../src/contract/index.ts";
import { parseSettings } from "../../src/contract/index.ts";
import type { Host, HttpRequest } from "../../src/node/host.ts";
import { exchangeWords } from "../../src/peer/exchange.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { beginSession, type Session } from "../../src/protocol/session.ts";

const VIP = "10.0.1.100";

/** A node whose clock, address and network the test decides on. */
class Node {
  ms: number;
  hasVip: boolean;
  readonly session: Session;
  readonly asked: string[] = [];
  /** For how long it waits for each answer, in ms. */
  readonly waits: number[] = [];
  /** What the peer answers; silence by default. */
  peer: (path: string) => string | Promise<string> = () => Promise.reject(new Error("connect ECONNREFUSED"));
  readonly #ask: () => Promise<number>;
  /** What it listens on, and for whom. */
  served: readonly unknown[] = [];
  answer: (path: string) => string = () => "";

  constructor(privateIp: string, peerIp: string, { hasVip = false, ms = 1000 } = {}) {
    this.ms = ms;
    this.hasVip = hasVip;
    this.session = beginSession(this.#host(), settingsOf(privateIp, peerIp), noMemory());
    this.#ask = exchangeWords(this.session);
  }

  ask(): Promise<number> {
    return this.#ask();
  }

  #host(): Host {
    return {
      clock: () => this.ms,
      now: () => this.ms,
      isRunning: () => true,
      hasAddress: () => this.hasVip,
      readFile: (path: string) => (path === "/proc/net/raw" ? "   0: 00000000:0070 00000000:0000 07" : undefined),
      serve: (...[address, port, asker, answer]: Parameters<Host["serve"]>) => {
        this.served = [address, port, asker];
        this.answer = answer;
      },
      request: async (url: string, { timeoutMs }: HttpRequest) => {
        const { host, pathname } = new URL(url);
        this.asked.push(host);
        this.waits.push(timeoutMs);
        return { status: 200, body: await this.peer(pathname) };
      },
    } as Partial<Host> as Host;
  }
}

function settingsOf(privateIp: string, peerIp: string): Settings {
  const written = {
    mechanism: "havip",
    region: "ap-singapore",
    vpcId: "vpc-1",
    advertInt: 1,
    virtualIps: [{ vip: VIP }],
    ...{ privateIp, priority: 100, peerIp, peerPriority: 80 },
  };
  return parseSettings(JSON.stringify(written));
}

/** Two nodes whose clocks differ, the first one MASTER; nothing that is said gets lost. */
function pair(): readonly [Node, Node] {
  const one = new Node("10.0.1.11", "10.0.1.12", { hasVip: true });
  const two = new Node("10.0.1.12", "10.0.1.11", { ms: 500_000 });
  one.peer = (path) => two.answer(path);
  two.peer = (path) => one.answer(path);
  return [one, two];
}

test("listens on its own address, for its peer alone, and asks it there", async () => {
  const [one] = pair();
  expect(one.served).toEqual(["10.0.1.11", PEER_PORT, "10.0.1.12"]);
  await one.ask();
  expect(one.asked).toEqual([`10.0.1.12:${PEER_PORT}`]);
});

test("waits for an answer for one advert interval, in which a word does not get too old", async () => {
  const [one] = pair();
  await one.ask();
  expect(one.waits).toEqual([1000]);
});

test("an answer is the peer's word: its state, for how long it has been so, and not older than the question", async () => {
  const [one, two] = pair();
  await two.ask();
  one.ms += 1500;
  two.ms += 1500;
  two.peer = (path) => {
    two.ms += 30;
    return one.answer(path);
  };
  await two.ask();
  expect(two.session.word).toEqual({ state: "MASTER", forMs: 1500, askedAt: 501_500 });
});

test("a question is the asker's word, from after the last answer to it: one direction that works serves both", async () => {
  const [one, two] = pair();
  await one.ask();
  expect(two.session.word).toBeUndefined();
  two.ms += 700;
  await one.ask();
  expect(two.session.word).toMatchObject({ state: "MASTER", askedAt: 500_000 });
  expect(one.session.word).toMatchObject({ state: "BACKUP", askedAt: 1000 });
});

test("a question after one that had no answer is the asker's word all the same, from after the last answer", async () => {
  const [one, two] = pair();
  await one.ask();
  one.peer = () => Promise.reject(new Error("timed out"));
  await one.ask();
  one.peer = (path) => two.answer(path);
  two.ms += 1900;
  await one.ask();
  expect(two.session.word).toMatchObject({ state: "MASTER", askedAt: 500_000 });
});

test("says what keepalived is at that moment, in FAULT, too", () => {
  const [one] = pair();
  expect(one.answer("/")).toBe("/MASTER/0/1000");
  one.ms += 10;
  one.hasVip = false;
  expect(one.answer("/")).toBe("/BACKUP/0/1010");
  one.session.host.isRunning = () => false;
  expect(one.answer("/")).toBe("/DEAD/0/1010");
});

test("asks again after 1.2 adverts where one node is MASTER and the other BACKUP, and after 0.7 where it may have to decide", async () => {
  const [one, two] = pair();
  expect([await one.ask(), await two.ask()]).toEqual([1200, 1200]);
  two.hasVip = true;
  expect([await one.ask(), await two.ask()]).toEqual([700, 700]);
  one.hasVip = false;
  expect([await one.ask(), await two.ask()]).toEqual([1200, 1200]);
  two.hasVip = false;
  expect([await one.ask(), await two.ask()]).toEqual([700, 700]);
  one.hasVip = true;
  // A node that yields is in FAULT: what it does rests on a word, and ends where none comes.
  two.session.host.isRunning = () => false;
  expect([await one.ask(), await two.ask()]).toEqual([700, 700]);
  one.peer = () => Promise.reject(new Error("timed out"));
  expect(await one.ask()).toBe(700);
});

test("raises its signal where the peer is in another state than before, and only there", async () => {
  const [one, two] = pair();
  await two.ask();
  await two.ask();
  const { raised } = two.session.signal;
  await two.ask();
  expect(two.session.signal.raised).toBe(raised);
  one.hasVip = false;
  await two.ask();
  expect(two.session.signal.raised).toBe(raised + 1);
});

test("an answer that comes after a newer word does not replace it", async () => {
  const [one, two] = pair();
  let answerLate = (_: string) => {};
  two.peer = () => new Promise((resolve) => (answerLate = resolve));
  const late = two.ask();
  two.ms += 500;
  two.peer = (path) => one.answer(path);
  await two.ask();
  answerLate("/FAULT/1/1");
  await late;
  expect(two.session.word).toMatchObject({ state: "MASTER", askedAt: 500_500 });
});

test("a peer that echoes the clock of before this node's restart says no word", () => {
  const [, two] = pair();
  two.answer(`/MASTER/5/${two.ms + 1}`);
  expect(two.session.word).toBeUndefined();
});

describe("is silence, and no error:", () => {
  test.each([
    "",
    "/",
    "/MASTER",
    "/MASTER/",
    "/MASTER/-1/5",
    "/MASTER/NaN/5",
    "/MASTER/long/5",
    "/master/5/5",
    "/constructor/5/5",
    "/__proto__/5/5",
    "MASTER/5/5",
    "<html>502 Bad Gateway</html>",
    '{"state":"MASTER"}',
    "\0\uffff".repeat(1000),
  ])("the answer and the question %j", async (said) => {
    const node = new Node("10.0.1.11", "10.0.1.12");
    node.peer = () => said;
    await node.ask();
    expect(node.answer(said)).toMatch(/^\/BACKUP\/0\/1000$/);
    const isDuration = said === "/MASTER/";
    // An empty duration is a zero to JavaScript: the shortest one, which proves the least.
    expect(node.session.word).toEqual(isDuration ? { state: "MASTER", forMs: 0, askedAt: 1000 } : undefined);
  });

  test("a closed port, also after a word", async () => {
    const [one, two] = pair();
    await two.ask();
    const { word } = two.session;
    two.peer = () => Promise.reject(new Error("connect ECONNREFUSED"));
    await two.ask();
    expect(two.session.word).toBe(word);
    expect(one.session.word).toBeUndefined();
  });
});
