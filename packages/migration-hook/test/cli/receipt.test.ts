import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { agrees, exitStatus, type Outcome, type Verdict } from "../../src/cli/receipt.ts";
import { LOG, startCloud, STATE, TestNode, VIP } from "../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

describe("a receipt", () => {
  test("has each field that is documented, and no other", async () => {
    const before = Date.now();
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
      calls: expect.arrayContaining([
        call("DescribeNetworkInterfaces"),
        call("MigratePrivateIpAddress"),
        call("DescribeVpcTaskResult"),
      ]),
      skewMs: expect.any(Number),
      verdict: "moved",
      agree: true,
      status: 0,
      ms: expect.any(Number),
      promotions: 0,
      version: "from source",
    });
    expect(Date.parse(receipt.time)).toBeGreaterThanOrEqual(before);
    expect(receipt.ms).toBeLessThanOrEqual(Date.now() - before + 1);
    for (const { ms } of receipt.calls ?? []) expect(ms).toBeLessThanOrEqual(receipt.ms);
    for (const ms of [receipt.ms, ...(receipt.calls ?? []).map((each) => each.ms)]) expect(ms).toBe(Math.round(ms));
  });

  test("is one line of the log, and the same line is said", async () => {
    const { receipt } = await primary.notify("MASTER").run();
    const { lines } = await primary.command(["reconcile"]);
    expect(primary.files.get(LOG)).toBe(`${JSON.stringify(receipt)}\n${lines[0]}\n`);
  });

  test("names what woke the run: a notification once, and the timer from then on", async () => {
    expect((await primary.run()).receipt.trigger).toBe("timer");
    expect((await primary.notify("MASTER").run()).receipt.trigger).toBe("MASTER");
    expect(primary.files.get(`${STATE}done`)).toBe(primary.files.get(`${STATE}wish`));
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
      const { receipt } = await primary.notify("MASTER").run({ now: () => Date.now() + off });
      expect(Math.abs((receipt.skewMs ?? Infinity) + off)).toBeLessThan(1500);
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

describe("verdicts", () => {
  const verdicts: Record<Verdict, number> = {
    holds: 0,
    moved: 0,
    idle: 0,
    handed: 0,
    left: 0,
    unverified: 0,
    planned: 0,
    refused: 1,
    failed: 1,
  };

  test.each(Object.entries(verdicts))("%s exits with %d", (verdict, status) => {
    expect(exitStatus(verdict as Verdict)).toBe(status);
  });

  test.each<[Outcome, boolean]>([
    [{ verdict: "holds", vrrp: "MASTER", holderAfter: "mine" }, true],
    [{ verdict: "left", vrrp: "MASTER", holderAfter: "peer" }, false],
    [{ verdict: "refused", vrrp: "MASTER", holderAfter: "foreign" }, false],
    [{ verdict: "idle", vrrp: "not MASTER", holderAfter: "mine" }, false],
    [{ verdict: "idle", vrrp: "not MASTER", holderAfter: "peer" }, true],
    [{ verdict: "idle", vrrp: "not MASTER" }, true],
    [{ verdict: "failed", vrrp: "not MASTER", holderAfter: "unknown" }, false],
    [{ verdict: "failed", vrrp: "MASTER", holderAfter: "mine" }, false],
    [{ verdict: "unverified", vrrp: "MASTER" }, true],
  ])("%j: node and cloud agree? %s", (outcome, expected) => {
    expect(agrees(outcome)).toBe(expected);
  });
});
