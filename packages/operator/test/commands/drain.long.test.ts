import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world[Symbol.asyncDispose]());

test("draining the node that serves lets the other one take over first, and undraining brings it back as the standby", async () => {
  const drained = await world.pair("drain", "serving");
  expect(drained).toMatchObject({ status: 0, out: expect.stringContaining("the primary is drained") as string });
  expect(world.primary.vrrp).toBe("STOP");
  expect(world.secondary.vrrp).toBe("MASTER");

  const meanwhile = await world.pair("status");
  expect(meanwhile.out).toContain("web: the secondary serves");
  expect(meanwhile.out).toContain("! primary: it is drained: 'pair undrain' brings it back");
  expect(meanwhile.status).toBe(1);

  expect((await world.pair("undrain", "standby")).status).toBe(0);
  expect(world.primary.vrrp).toBe("BACKUP");
  expect((await world.pair("status")).status).toBe(0);
});

test("draining the standby moves nothing", async () => {
  expect((await world.pair("drain", "standby")).status).toBe(0);
  expect(world.secondary.vrrp).toBe("STOP");
  expect(world.holders).toEqual(["primary"]);
});

test("draining a drained node again is done at once", async () => {
  await world.pair("drain", "secondary");
  expect((await world.pair("drain", "secondary")).status).toBe(0);
});

test("refuses to drain the node that serves where the standby could not take over", async () => {
  world.secondary.doctor = ["fail health checks: /usr/libexec/keepalived/check_service_1: 7 (fix the service)"];
  await world.settle();
  const { status, err } = await world.pair("drain", "serving");
  expect(err).toContain(
    "the secondary, which is the standby, could not take over: its doctor says 'fail health checks",
  );
  expect(status).toBe(5);
  expect(world.primary.isDrained).toBe(false);
});

test("refuses to drain the standby where the other node does not serve", async () => {
  world.failsOver = false;
  world.primary.notify("FAULT");
  await world.settle();
  const { status, err } = await world.pair("drain", "secondary");
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
});

test("refuses where both nodes are unfit", async () => {
  world.failsOver = false;
  world.primary.notify("FAULT");
  world.secondary.notify("FAULT");
  await world.settle();
  for (const command of [["drain", "serving"], ["drill"]]) {
    const { status, err } = await world.pair(...command);
    expect(err).toContain("does not serve (FAULT)");
    expect(status).toBe(5);
  }
});

test.each([[[]], [["first"]], [["primary", "secondary"]]])("refuses the node %j", async (words) => {
  const { status, err } = await world.pair("drain", ...words);
  expect(err).toContain(`the node must be one of primary, secondary, serving, standby, got '${words.join(" ")}'`);
  expect(status).toBe(2);
});
