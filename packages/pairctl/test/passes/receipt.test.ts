import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exitStatus, isWell, type Receipt } from "../../src/passes/receipt.ts";
import type { Agreement } from "../../src/contract/index.ts";
import { agreement, type Outcome } from "../../src/protocol/outcome.ts";
import { LOG, startCloud, TestNode, VIP } from "../support/pair.ts";

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
      agree: "yes",
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
