import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actions, holder, startNodes, STATE, type TestNode, VIP } from "../support/pair.ts";
import { simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => ({ cloud, primary, secondary } = await startNodes("secondary-private-ip")));
afterEach(() => cloud.stop());

const memory = (node: TestNode) => node.memory.addresses.get(VIP);

describe("a MASTER of lower priority", () => {
  test("is promoted where nothing was ever notified: it takes the address from the peer, once", async () => {
    await primary.notify("MASTER").run();
    expect((await secondary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "moved" });
    expect(memory(secondary)).toMatchObject({ attempts: 1, helps: 0 });
    await primary.run();
    expect((await secondary.run()).receipt.verdict).toBe("left");
  });

  test("is not promoted again by a notification of BACKUP that comes late", async () => {
    await secondary.notify("MASTER").run();
    expect(memory(secondary)).toMatchObject({ attempts: 1, promotion: secondary.files.get(`${STATE}notification`) });
    await primary.notify("MASTER").run();
    const { receipt } = await secondary.notify("BACKUP").run();
    expect(receipt).toMatchObject({ trigger: "BACKUP", vrrp: "MASTER", verdict: "left" });
    expect(receipt.message).toBe(`eni-primary0 has ${VIP}`);
  });

  test("is promoted again once it was ill, also where the cloud did not answer then", async () => {
    await secondary.notify("MASTER").run();
    await primary.notify("MASTER").run();
    secondary.hasVip = false;
    cloud.faults.add({ action: "*", dropConnection: true, count: Infinity });
    await secondary.notify("FAULT").run();
    cloud.faults.clear();
    expect(memory(secondary)).toMatchObject({ attempts: 0 });
    secondary.hasVip = true;
    expect((await secondary.run()).receipt).toMatchObject({ holderBefore: "peer", verdict: "moved" });
  });

  test("takes it again, ever more slowly, from a peer that it does not hear", async () => {
    const { time } = secondary;
    await secondary.notify("MASTER").run();
    for (const ms of [6000, 12_000, 24_000, 24_000]) {
      await primary.run();
      const dueAt = Number(memory(secondary)?.triedAt) + ms;
      expect((await secondary.run()).receipt.verdict).toBe("left");
      await time.sleep(dueAt - 1 - time.clock());
      expect((await secondary.run()).receipt.verdict).toBe("left");
      await time.sleep(1);
      expect((await secondary.run()).receipt).toMatchObject({ holderBefore: "peer", verdict: "moved" });
    }
  });
});

describe("a BACKUP", () => {
  beforeEach(async () => {
    await primary.notify("MASTER").run();
    primary.hasVip = false;
    primary.notify("BACKUP");
  });

  test("that has handed the address over says so once, and is idle from then on", async () => {
    await primary.run();
    await primary.time.sleep(5000);
    expect((await primary.run()).receipt.verdict).toBe("handed");
    expect(memory(primary)).toMatchObject({ helps: 1 });
    expect((await primary.run()).receipt).toMatchObject({ holderBefore: "peer", verdict: "idle" });
  });

  test("counts its wait from its first look, and anew where its keepalived was stopped in between", async () => {
    const { clock, sleep } = primary.time;
    await sleep(1000);
    await primary.run();
    expect(memory(primary)).toMatchObject({ helps: 0, waitingSince: clock() });
    const { waitingSince } = memory(primary) ?? {};
    await primary.notify("FAULT").run();
    expect(memory(primary)).toMatchObject({ waitingSince });
    await primary.notify("STOP").run();
    expect(memory(primary)?.waitingSince).toBeUndefined();
  });
});

test("a dead keepalived without the VIP is no BACKUP, whatever it notified last: nothing is moved", async () => {
  await primary.notify("MASTER").run();
  Object.assign(primary, { keepalived: false, hasVip: false });
  const { status, receipt } = await primary.notify("BACKUP").run();
  expect(receipt).toMatchObject({ vrrp: "DEAD", holderAfter: "mine", verdict: "idle", agree: "no" });
  expect(status).toBe(1);
  expect(holder(cloud)).toBe("ins-primary0");
});

test("the settle time counts from when the VIP came, not from the start of the run", async () => {
  primary.settings["settleMs"] = 1000;
  primary.hasVip = false;
  const { clock, sleep } = primary.time;
  let movedAt = 0;
  cloud.on("call", ({ action }) => {
    if (action === "MigratePrivateIpAddress") movedAt = clock();
  });
  const { receipt } = await primary.notify("MASTER").run({
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
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ verdict: "failed", message: "MASTER too new", holderAfter: "parked" });
  expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
  expect(status).toBe(1);
});
