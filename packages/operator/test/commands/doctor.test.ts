import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world[Symbol.asyncDispose]());

test("prints what the doctors of both nodes say", async () => {
  world.secondary.doctor = ["ok keepalived", "warn clock: 200000 ms off (NTP)"];
  await world.settle();
  const { status, out } = await world.pair("doctor");
  expect(out).toBe("primary:\n  ok keepalived\nsecondary:\n  ok keepalived\n  warn clock: 200000 ms off (NTP)");
  expect(status).toBe(0);
});

test("is not well where something fails on a node", async () => {
  world.secondary.doctor = ["fail keepalived: FAULT (journalctl -u keepalived)"];
  await world.settle();
  const { status, out } = await world.pair("doctor", "standby", "--json");
  expect(JSON.parse(out)).toMatchObject([{ role: "secondary", isWell: false }]);
  expect(status).toBe(1);
});

test("a node that cannot be reached, or has no doctor, is not known to be well", async () => {
  world.primary.agentStatus = "offline";
  world.secondary.doctor = ["pairctl: not found"];
  await world.settle();
  const { status, out } = await world.pair("doctor");
  expect(out).toContain("not known: RunCommand: ResourceUnavailable.AgentStatusNotOnline");
  expect(out).toContain("not known: it has no doctor: pairctl: not found");
  expect(status).toBe(4);
});
