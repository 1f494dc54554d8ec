import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world[Symbol.asyncDispose]());

test("fails over in order, and the node that served is the standby at the end", async () => {
  const { status, out } = await world.pair("drill");
  expect(out).toMatch(/^primary → secondary: the secondary was seen to serve \d+\.\d s after the order/);
  expect(status).toBe(0);
  expect([world.primary.vrrp, world.secondary.vrrp]).toEqual(["BACKUP", "MASTER"]);
});

test("goes there and back where it is asked to, and tells what a client has seen", async () => {
  const service = createServer((socket) => void socket.end()).listen(0, "127.0.0.1");
  await once(service, "listening");
  try {
    const { port } = service.address() as AddressInfo;
    const { status, out } = await world.pair("drill", "--back", "--json", "--probe", `127.0.0.1:${port}`);
    expect(JSON.parse(out)).toMatchObject([
      { from: "primary", to: "secondary", probe: { failures: 0 } },
      { from: "secondary", to: "primary", probe: { failures: 0 } },
    ]);
    expect(status).toBe(0);
    expect(world.holders).toEqual(["primary", "secondary", "primary"]);
  } finally {
    service.close();
  }
});

test("refuses where the standby could not take over, and nothing is stopped", async () => {
  world.secondary.notify("FAULT");
  await world.settle();
  const { status, err } = await world.pair("drill");
  expect(err).toContain("the secondary, which is the standby, could not take over: its keepalived is FAULT");
  expect(status).toBe(5);
  expect(world.primary.isDrained).toBe(false);
});

test("refuses where one node cannot be reached", async () => {
  world.secondary.agentStatus = "offline";
  const { status, err } = await world.pair("drill");
  expect(err).toContain("could not take over: it cannot be reached");
  expect(status).toBe(5);
});

test("refuses a probe that is no host with a port", async () => {
  const { status, err } = await world.pair("drill", "--probe", "web");
  expect(err).toContain("'--probe' must be HOST:PORT, such as 203.0.113.7:443, got 'web'");
  expect(status).toBe(2);
});
