import { expect, test } from "vitest";
import { yielding } from "../../src/agent/yielding.ts";
import { parseSettings, type Settings } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { beginSession, type Session } from "../../src/protocol/session.ts";
import { isYielding, YIELDS } from "../../src/protocol/yielding.ts";

const YIELD = "/run/pairctl.yield";
/** How long the node was up when its agent's clock said 0, in seconds. */
const UP_S = 1000;
const LOST = "python3 does not hear VRRP: no yielding";

/** An agent that decides every 700 ms, behind a question to its peer, whether it yields. */
class Node {
  ms = 100_000;
  hasVip = true;
  peerState: "MASTER" | "BACKUP" | undefined = "MASTER";
  readonly files = new Map<string, string>();
  readonly said: string[] = [];
  readonly session: Session;
  onAdvert: (isListening: boolean) => void = () => undefined;
  #decide: () => void = () => undefined;

  constructor(settings: Partial<Settings> = {}) {
    this.session = beginSession(this.host, settingsOf(settings), noMemory());
    this.restart();
  }

  /** A new agent: it has heard nothing yet. */
  restart(): void {
    delete this.session.adverts;
    this.#decide = yielding(this.session, (line) => this.said.push(line));
  }

  get host(): Host {
    return {
      clock: () => this.ms,
      now: () => this.ms,
      isRunning: () => true,
      hasAddress: () => this.hasVip,
      hearAdverts: (sender: string, onChange: (isListening: boolean) => void) => {
        expect(sender).toBe("10.0.1.12");
        this.onAdvert = onChange;
      },
      readFile: (path: string) => {
        if (path === "/proc/uptime") return `${UP_S + this.ms / 1000} 1.0\n`;
        if (path === "/proc/net/raw") return "   0: 00000000:0070 00000000:0000 07";
        return this.files.get(path);
      },
      writeFile: (path: string, text: string) => void this.files.set(path, text),
    } as Partial<Host> as Host;
  }

  /** Lets time pass, in which the peer answers. */
  pass(seconds: number): void {
    for (const end = this.ms + seconds * 1000; this.ms < end;) {
      this.ms += 700;
      const { peerState: state } = this;
      if (state) this.session.word = { state, forMs: 60_000, askedAt: this.ms };
      this.#decide();
    }
  }

  get isYielding(): boolean {
    return isYielding(this.host);
  }

  /** For how long keepalived would still be held if the agent did nothing more, in ms. */
  get heldMs(): number {
    return (Number(this.files.get(YIELD)) - UP_S) * 1000 - this.ms;
  }
}

function settingsOf(changes: Partial<Settings>): Settings {
  const written = {
    mechanism: "havip",
    region: "ap-singapore",
    vpcId: "vpc-1",
    advertInt: 1,
    virtualIps: [{ vip: "10.0.1.100" }],
    ...{ privateIp: "10.0.1.11", priority: 80, peerIp: "10.0.1.12", peerPriority: 100 },
  };
  return parseSettings(JSON.stringify({ ...written, ...changes }));
}

/** The weaker of two MASTERs, which hears nothing. */
function master(settings: Partial<Settings> = {}): Node {
  const node = new Node(settings);
  node.onAdvert(true);
  node.pass(5);
  return node;
}

test("the weaker of two MASTERs that do not hear each other yields, and says so once", () => {
  const node = master();
  expect(node.isYielding).toBe(true);
  expect(node.said).toEqual([YIELDS]);
});

test("the stronger does not", () => {
  const node = master({ priority: 120 });
  expect(node.files.get(YIELD)).toBeUndefined();
  expect(node.said).toEqual([]);
});

test("it goes on in FAULT, as long as the peer says that it is MASTER", () => {
  const node = master();
  node.hasVip = false;
  node.files.set("/run/pairctl.notification", "FAULT 2026-01-31T03:00:00,5+00:00 1\n");
  node.pass(3600);
  expect(node.isYielding).toBe(true);
  expect(node.said).toEqual([YIELDS]);
});

test("it ends at once where an advert of the peer comes in", () => {
  const node = master();
  node.onAdvert(true);
  node.pass(0.7);
  expect(node.files.get(YIELD)).toBe("0\n");
  expect(node.said).toEqual([YIELDS, "yields no longer"]);
});

test("it ends at once where the peer is not MASTER any more", () => {
  const node = master();
  node.peerState = "BACKUP";
  node.pass(0.7);
  expect(node.files.get(YIELD)).toBe("0\n");
});

test.each([1, 5])(
  "it ends by itself where the peer says nothing for three adverts of %d s, and a second",
  (advertInt) => {
    const node = master({ advertInt });
    node.pass(6 * advertInt);
    expect(node.isYielding).toBe(true);
    expect(node.heldMs).toBeGreaterThanOrEqual(3000 * advertInt);
    expect(node.heldMs).toBeLessThanOrEqual(3000 * advertInt + 1000);
    node.peerState = undefined;
    node.pass(3 * advertInt + 1);
    expect(node.isYielding).toBe(false);
  },
);

test("it ends where nothing listens for adverts any more, and says so", () => {
  const node = master();
  node.onAdvert(false);
  node.pass(0.7);
  expect(node.isYielding).toBe(false);
  expect(node.said).toEqual([YIELDS, LOST, "yields no longer"]);
});

test("nobody yields where nothing listens for adverts, and the agent says so", () => {
  const node = new Node();
  node.pass(60);
  node.onAdvert(false);
  node.pass(60);
  expect(node.files.get(YIELD)).toBeUndefined();
  expect(node.said).toEqual([LOST]);
});

test("nobody yields while adverts arrive", () => {
  const node = new Node();
  for (let advert = 0; advert < 60; advert += 1) {
    node.onAdvert(true);
    node.pass(1);
  }
  expect(node.files.get(YIELD)).toBeUndefined();
});

test("a new agent hears for three adverts before it yields again: it does not know what has come before", () => {
  const node = master();
  node.restart();
  node.onAdvert(true);
  node.pass(0.7);
  expect(node.isYielding).toBe(false);
  node.pass(3);
  expect(node.isYielding).toBe(true);
});

test("with a private IP a node does not yield: the address stays with the stronger one", () => {
  const node = master({ mechanism: "secondary-private-ip" });
  expect(node.files.get(YIELD)).toBeUndefined();
});
