import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world[Symbol.asyncDispose]());

test("prints the newest lines of each log, without the runs that found nothing new", async () => {
  world.primary.write("/var/log/keepalived.log", "one BACKUP\ntwo MASTER\n");
  world.primary.write(
    "/var/log/pairctl.log",
    '{"trigger":"MASTER","verdict":"moved"}\n{"trigger":"timer","verdict":"holds"}\n',
  );
  const { status, out } = await world.pair("logs", "primary", "--lines", "1");
  expect(out.split("\n").map((line) => line.trim())).toEqual([
    "primary:",
    "== notifications of keepalived",
    "two MASTER",
    "== receipts of pairctl",
    '{"trigger":"MASTER","verdict":"moved"}',
    "== setup",
    "journal of pairctl-setup",
    "== keepalived",
    "journal of keepalived",
  ]);
  expect(status).toBe(0);
});

test("says which node could not be asked", async () => {
  world.secondary.agentStatus = "offline";
  const { status, out } = await world.pair("logs");
  expect(out).toContain("secondary: not known: RunCommand");
  expect(status).toBe(4);
});

test.each(["0", "many", "10000"])("refuses %s lines", async (lines) => {
  const { status, err } = await world.pair("logs", "--lines", lines);
  expect(err).toContain(`'--lines' must be a number from 1 to 9999, got '${lines}'`);
  expect(status).toBe(2);
});
