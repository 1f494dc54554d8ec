import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exitStatus, isWell, type Receipt } from "../../src/passes/receipt.ts";
import type { Agreement } from "../../src/contract/index.ts";
import { agreement, type Outcome } from "../../src/protocol/outcome.ts";
import { LOG, startCloud, STATE, TestNode, VIP } from "../support/pair.ts";
import { network, simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

describe("a receipt", () => {
  test("has each field that is documented, and no other", async () => {
    const before = Date.now();
    cloud.taskMs = 150;
    const { receipt } = await primary.notify("MASTER").run();
    const call = (action: string) => ({
      action,
      ms: expect.any(Number),
      code: "OK",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(receipt).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      trigger: "MASTER",
      vip: VIP,
      vrrp: "MASTER",
      holderBefore: "parked",
      holderAfter: "mine",
      eip: "eip-00000001",
      calls: expect.arrayContaining([call("DescribeNetworkInterfaces"), call("MigratePrivateIpAddress")]),
      skewMs: expect.any(Number),
      credentialsExpiry: JSON.parse(primary.files.get(`${STATE}credentials`) ?? "").ExpiredTime,
      verdict: "moved",
      agree: "yes",
      status: 0,
      ms: expect.any(Number),
      promotions: 0,
      version: "from source",
    });
    expect(Date.parse(receipt.time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(receipt.time)).toBeLessThanOrEqual(Date.now());
    // The settle time, and the pauses between the looks at the address: 10, 10, 20, 40 and 80 ms.
    expect(receipt.ms).toBe(25 + 160);
  });

  test("says how long the run and each of its calls took, in whole milliseconds", async () => {
    const { clock, sleep } = primary.time;
    const { receipt } = await primary.notify("MASTER").run({
      clock: () => clock() + 0.25,
      request: async (url, asked) => {
        if (asked.headers?.["x-tc-action"] === "MigratePrivateIpAddress") await sleep(40.5);
        return network.request(url, asked);
      },
    });
    const [look, , , move] = receipt.calls ?? [];
    expect([look, move]).toMatchObject([
      { action: "DescribeNetworkInterfaces", ms: 0 },
      { action: "MigratePrivateIpAddress", ms: 41 },
    ]);
    expect(receipt.ms).toBe(25 + 41 + 10);
  });

  test("is one line of the log, and the same line is said", async () => {
    const { receipt } = await primary.notify("MASTER").run();
    const { lines } = await primary.command(["reconcile"]);
    expect(primary.files.get(LOG)).toBe(`${JSON.stringify(receipt)}\n${lines[0]}\n`);
  });

  test("names what woke the run: a notification once, and the timer from then on", async () => {
    expect((await primary.run()).receipt.trigger).toBe("timer");
    expect((await primary.notify("MASTER").run()).receipt.trigger).toBe("MASTER");
    expect((await primary.run()).receipt.trigger).toBe("timer");
    expect((await primary.notify("MASTER").run()).receipt.trigger).toBe("MASTER");
  });

  test("counts keepalived's promotions, and those alone", async () => {
    const log = ["BACKUP", "MASTER", "MASTER_RX_LOWER_PRI", "FAULT", "MASTER", "STOP"];
    primary.files.set("/var/log/keepalived.log", log.map((state) => `2026-01-31T03:00:00,5 ${state}\n`).join(""));
    expect((await primary.run()).receipt.promotions).toBe(2);
  });

  test.each([-7_200_000, 0, 7_200_000])(
    "tells how far the cloud's clock is ahead of one that is %d ms off",
    async (off) => {
      const now = Date.now();
      // The cloud tells its time in seconds.
      const date = new Date(now).toUTCString();
      const { receipt } = await primary.notify("MASTER").run({
        now: () => now + off,
        request: async (url, asked) => ({ ...(await network.request(url, asked)), date }),
      });
      expect(receipt).toMatchObject({ verdict: "moved", skewMs: Date.parse(date) - now - off });
    },
  );

  test("that cannot be kept is said all the same, with the reason, and fails nothing", async () => {
    const full = () => {
      throw new Error("ENOSPC: no space left on device");
    };
    primary.notify("MASTER");
    for (const broken of [{ appendFile: full }, { writeFile: full }]) {
      const { status, lines } = await primary.command(["reconcile"], broken);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: expect.stringMatching(/moved|holds/) });
      expect(lines.slice(1)).toEqual(["receipt not kept: ENOSPC: no space left on device"]);
      expect(status).toBe(0);
    }
  });
});

describe("who serves, as far as a node can tell:", () => {
  test.each<[Outcome, Agreement, number]>([
    [{ verdict: "holds", vrrp: "MASTER", holderAfter: "mine" }, "yes", 0],
    [{ verdict: "moved", vrrp: "MASTER", holderAfter: "mine" }, "yes", 0],
    [{ verdict: "holds", vrrp: "MASTER", holderAfter: "mine", objection: "no EIP" }, "no", 1],
    [{ verdict: "left", vrrp: "MASTER", holderAfter: "peer" }, "no", 1],
    [{ verdict: "refused", vrrp: "MASTER", holderAfter: "foreign" }, "no", 1],
    [{ verdict: "failed", vrrp: "MASTER", holderAfter: "mine" }, "no", 1],
    [{ verdict: "failed", vrrp: "MASTER", holderAfter: "unknown" }, "unknown", 1],
    [{ verdict: "unverified", vrrp: "MASTER" }, "unknown", 0],
    [{ verdict: "planned", vrrp: "MASTER", holderAfter: "parked" }, "no", 0],
    [{ verdict: "idle", vrrp: "BACKUP", holderAfter: "peer" }, "yes", 0],
    [{ verdict: "handed", vrrp: "BACKUP", holderAfter: "peer" }, "yes", 0],
    [{ verdict: "idle", vrrp: "BACKUP", holderAfter: "peer", objection: "no EIP" }, "no", 1],
    [{ verdict: "idle", vrrp: "BACKUP", holderAfter: "mine" }, "no", 1],
    [{ verdict: "idle", vrrp: "BACKUP", holderAfter: "moving" }, "unknown", 0],
    [{ verdict: "idle", vrrp: "BACKUP" }, "unknown", 0],
    ...(["parked", "none", "gone", "foreign"] as const).map((holderAfter): [Outcome, Agreement, number] => {
      return [{ verdict: "idle", vrrp: "BACKUP", holderAfter }, "no", 1];
    }),
    [{ verdict: "idle", vrrp: "FAULT", holderAfter: "peer" }, "unknown", 1],
    [{ verdict: "idle", vrrp: "FAULT", holderAfter: "mine" }, "no", 1],
    [{ verdict: "idle", vrrp: "DEAD", holderAfter: "peer" }, "unknown", 1],
    [{ verdict: "idle", vrrp: "STOP", holderAfter: "peer" }, "unknown", 0],
    [{ verdict: "idle", vrrp: "STOP", holderAfter: "mine" }, "no", 1],
  ])("%j: %s, and the run exits with %d", (outcome, agree, status) => {
    expect(agreement(outcome)).toBe(agree);
    expect(exitStatus(outcome)).toBe(status);
    const isReady = agree === "yes" && (outcome.vrrp === "MASTER" || outcome.vrrp === "BACKUP");
    expect(isWell({ ...outcome, agree } as Receipt)).toBe(isReady);
  });
});
