import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actions, giveBack, holder, startNodes, STATE, type TestNode, VIP, virtualTime } from "../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(async () => ({ cloud, primary, secondary } = await startNodes("secondary-private-ip")));
afterEach(() => cloud.stop());

const memory = (node: TestNode) => JSON.parse(node.files.get(`${STATE}${VIP}`) ?? "null") as unknown;

describe("a MASTER of lower priority", () => {
  test("is promoted where nothing was ever notified: it takes the address from the peer, once", async () => {
    await primary.notify("MASTER").run();
    expect((await secondary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "moved" });
    expect(memory(secondary)).toEqual({ role: "master", retakes: 0 });
    await primary.run();
    expect((await secondary.run()).receipt.verdict).toBe("left");
  });

  test("is not promoted again by a notification of BACKUP that comes late", async () => {
    await secondary.notify("MASTER").run();
    expect(memory(secondary)).toMatchObject({ role: "master", promotion: secondary.files.get(`${STATE}notification`) });
    await primary.notify("MASTER").run();
    const { receipt } = await secondary.notify("BACKUP").run();
    expect(receipt).toMatchObject({ trigger: "BACKUP", vrrp: "MASTER", verdict: "left" });
    expect(receipt.message).toBe(`eni-primary0 has ${VIP}`);
  });

  test("is promoted again once it was ill", async () => {
    await secondary.notify("MASTER").run();
    await primary.notify("MASTER").run();
    secondary.hasVip = false;
    await secondary.notify("FAULT").run();
    expect(memory(secondary)).toEqual({ role: "none" });
    secondary.hasVip = true;
    expect((await secondary.run()).receipt).toMatchObject({ holderBefore: "peer", verdict: "moved" });
  });
});

describe("a BACKUP", () => {
  beforeEach(async () => {
    await primary.notify("MASTER").run();
    primary.hasVip = false;
    primary.notify("BACKUP");
  });

  test("that has handed the address over says so once, and is idle from then on", async () => {
    expect((await primary.run(virtualTime())).receipt.verdict).toBe("handed");
    expect(memory(primary)).toEqual({ role: "backup", handOvers: 1 });
    expect((await primary.run(virtualTime())).receipt).toMatchObject({ holderBefore: "peer", verdict: "idle" });
  });

  test("that has handed it over waits twice as long the next time, also where it was ill in between, until it is MASTER", async () => {
    await primary.run(virtualTime());
    await primary.notify("FAULT").run(virtualTime());
    await giveBack(cloud);
    const again = await primary.notify("BACKUP").run(virtualTime());
    expect(again.receipt).toMatchObject({ holderAfter: "mine", verdict: "idle", agree: "no", status: 1 });
    expect(memory(primary)).toMatchObject({ role: "backup", handOvers: 1 });
    primary.hasVip = true;
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("holds");
    primary.hasVip = false;
    expect((await primary.notify("BACKUP").run(virtualTime())).receipt.verdict).toBe("handed");
  });

  test("counts its wait from its first look, not from the start of a run", async () => {
    primary.settings["handOverMs"] = 16_000;
    let ms = 1000;
    const clock = () => ms;
    const sleep = async (pause: number) => {
      ms += pause;
    };
    await primary.run({ clock, sleep });
    expect(memory(primary)).toEqual({ role: "backup", handOvers: 0, holdingSince: 1000 });
    ms = 16_500;
    let movedAt = 0;
    cloud.on("call", ({ action }) => {
      if (action === "MigratePrivateIpAddress") movedAt = ms;
    });
    expect((await primary.run({ clock, sleep })).receipt.verdict).toBe("handed");
    expect(movedAt).toBeGreaterThanOrEqual(17_000);
    expect(movedAt).toBeLessThan(18_000);
  });

  test("that was ill in between begins its wait anew", async () => {
    const { clock, sleep } = virtualTime();
    primary.settings["handOverMs"] = 16_000;
    await primary.run({ clock, sleep });
    await primary.notify("FAULT").run({ clock, sleep });
    expect(memory(primary)).toEqual({ role: "none" });
  });
});

test("a dead keepalived without the VIP is no BACKUP, whatever it notified last: nothing is moved", async () => {
  await primary.notify("MASTER").run();
  Object.assign(primary, { keepalived: false, hasVip: false });
  const { status, receipt } = await primary.notify("BACKUP").run(virtualTime());
  expect(receipt).toMatchObject({ vrrp: "DEAD", holderAfter: "mine", verdict: "idle", agree: "no" });
  expect(status).toBe(1);
  expect(holder(cloud)).toBe("ins-primary0");
});

test("the settle time counts from when the VIP came, not from the start of the run", async () => {
  primary.settings["settleMs"] = 1000;
  primary.hasVip = false;
  const { clock, sleep } = virtualTime();
  let movedAt = 0;
  cloud.on("call", ({ action }) => {
    if (action === "MigratePrivateIpAddress") movedAt = clock();
  });
  const { receipt } = await primary.notify("MASTER").run({
    clock,
    sleep: async (pause) => {
      await sleep(pause);
      primary.hasVip = clock() >= 800;
    },
  });
  expect(receipt.verdict).toBe("moved");
  expect(movedAt).toBeGreaterThanOrEqual(1800);
  expect(movedAt).toBeLessThan(2500);
});

test("a settle time that is longer than a run ends it with a word about that", async () => {
  primary.settings["settleMs"] = 5000;
  primary.settings["deadlineMs"] = 5000;
  const { status, receipt } = await primary.notify("MASTER").run(virtualTime());
  expect(receipt).toMatchObject({ verdict: "failed", message: "MASTER too shortly", holderAfter: "parked" });
  expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
  expect(status).toBe(1);
});
