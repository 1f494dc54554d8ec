import { openCloud } from "cloud-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tatAccess } from "../../src/access/tat.ts";
import { type LockOwner, thisProcess, withLock } from "../../src/pair/lock.ts";
import type { Reach } from "../../src/pair/observe.ts";
import { choosePair, pairsOf } from "../../src/stack/deployed-pair.ts";
import { findState } from "../../src/stack/find-state.ts";
import { parseState } from "../../src/stack/state.ts";
import { endedPid } from "../support/ended-pid.ts";
import { World } from "../support/world.ts";

let world: World;
let reach: Reach;
beforeEach(async () => {
  world = await World.start();
  const { text, source } = await findState({ state: world.stateFile, stack: undefined, env: {} });
  const cloud = openCloud("ap-singapore", world.env);
  reach = { pair: choosePair(pairsOf(parseState(text, source)), undefined, source), cloud, access: tatAccess(cloud) };
});
afterEach(() => world[Symbol.asyncDispose]());

const other: LockOwner = { user: "ann", host: "desk-2", pid: 7, space: "s0000000" };

test("refuses to change a pair that somebody else is changing, and says who", async () => {
  const inside = await withLock(
    reach,
    "pair roll",
    async () => {
      const { status, err } = await world.pair("drill");
      expect(err).toMatch(/pair drill: ann@desk-2 pid 7 pair roll is changing the pair: wait until that is done/);
      expect(status).toBe(6);
      return "well";
    },
    other,
  );
  expect(inside).toBe("well");
  expect(world.primary.isDrained).toBe(false);
  expect((await world.pair("drain", "standby")).status).toBe(0);
});

test("a lock is held while one of the nodes restarts, and counts on both again once it is renewed", async () => {
  await withLock(
    reach,
    "pair roll",
    async ({ renew }) => {
      world.primary.restart();
      expect((await world.pair("drill")).status).toBe(6);
      await renew();
      world.secondary.restart();
      expect((await world.pair("drill")).status).toBe(6);
      return "well";
    },
    other,
  );
});

/** A lock that this process has, or another one that is told. */
function lockOf(owner: Partial<LockOwner> = {}): string {
  const { user, host, pid, space } = { ...thisProcess(), ...owner };
  return `99999999999 ${user}@${host} pid ${pid} pair roll ${space}-12345678\n`;
}

test("a command of one's own that was killed keeps nobody out", async () => {
  const lock = lockOf({ pid: endedPid() });
  for (const node of [world.primary, world.secondary]) node.write("/run/pair.lock", lock);
  expect((await world.pair("drain", "standby")).status).toBe(0);
});

test.each([
  ["a command of one's own still runs", () => lockOf()],
  ["one may run in a container of the same name", () => lockOf({ pid: endedPid(), space: "s0000000" })],
  ["somebody else's of the same number may run", () => lockOf({ pid: endedPid(), user: "ann" })],
])("refuses while %s", async (_what, lock) => {
  world.primary.write("/run/pair.lock", lock());
  const { status, err } = await world.pair("drain", "standby");
  expect(err).toMatch(/@\S+ pid \d+ pair roll is changing the pair: wait until that is done/);
  expect(status).toBe(6);
});

test("a lock that was not renewed in time keeps nobody out", async () => {
  world.primary.write("/run/pair.lock", "1 ann@desk-2 pid 7 pair roll 12345678\n");
  expect((await world.pair("drain", "standby")).status).toBe(0);
});

test("refuses to change a pair of which no node can be reached", async () => {
  world.primary.agentStatus = world.secondary.agentStatus = "offline";
  const { status, err } = await world.pair("drain", "primary");
  expect(err).toContain("neither node can be reached, so that nothing can be changed");
  expect(status).toBe(4);
});
