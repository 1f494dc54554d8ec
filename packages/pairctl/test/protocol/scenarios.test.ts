import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../src/node/host.ts";
import { actions, callAsRoot, holder, SETTINGS, startCloud, startNodes, TestNode, VIP } from "../support/pair.ts";
import { simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => ({ cloud, primary, secondary } = await startNodes("secondary-private-ip")));
afterEach(() => cloud.stop());

describe("what users of other migration scripts suffer:", () => {
  test("a backup flaps to MASTER and takes the address; the MASTER that never noticed has it back by its timer", async () => {
    await primary.notify("MASTER").run();
    await secondary.notify("MASTER").run();
    secondary.hasVip = false;
    expect(holder(cloud)).toBe("ins-secondary");
    expect((await primary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "moved" });
  });

  test("a reboot makes a node MASTER for less than a second, which the settle time outlasts", async () => {
    primary.settings["settleMs"] = 1000;
    const { clock, sleep } = primary.time;
    const brief: Partial<Host> = {
      sleep: async (pause) => {
        await sleep(pause);
        primary.hasVip = clock() < 800;
      },
    };
    expect((await primary.notify("MASTER").run(brief)).receipt).toMatchObject({ vrrp: "BACKUP", verdict: "idle" });
    expect(holder(cloud)).toBeUndefined();
  });

  test("notifications come in the wrong order; what counts is what keepalived is now", async () => {
    expect((await primary.notify("BACKUP").run()).receipt).toMatchObject({ trigger: "BACKUP", verdict: "moved" });
    primary.hasVip = false;
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ vrrp: "BACKUP", holderAfter: "mine", verdict: "idle" });
    await primary.time.sleep(5000);
    expect((await primary.run()).receipt).toMatchObject({ holderAfter: "peer", verdict: "handed" });
  });

  test("pairctl silently never ran; the timer runs it, and each run says one line", async () => {
    const { receipts } = await primary.run();
    expect(receipts).toMatchObject([{ trigger: "timer", holderBefore: "parked", verdict: "moved" }]);
  });

  test("adverts are blocked and both nodes are MASTER; they do not take the address from each other for ever", async () => {
    await Promise.all([primary.notify("MASTER").run(), secondary.notify("MASTER").run()]);
    await primary.run();
    for (let tick = 0; tick < 3; tick += 1) {
      expect((await secondary.run()).receipt.verdict).toBe("left");
      expect((await primary.run()).receipt.verdict).toBe("holds");
    }
  });

  test("success is reported while the address is elsewhere; here it is read back, and moved again", async () => {
    let thefts = 0;
    cloud.on("holder", ({ instanceId }) => {
      if (instanceId !== "ins-primary0" || thefts++ > 0) return;
      void callAsRoot(cloud, "MigratePrivateIpAddress", {
        SourceNetworkInterfaceId: "eni-primary0",
        DestinationNetworkInterfaceId: "eni-parking0",
        PrivateIpAddress: VIP,
      });
    });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ holderAfter: "mine", verdict: "moved" });
    expect(actions(receipt).filter((action) => action === "MigratePrivateIpAddress")).toHaveLength(2);
    expect(thefts).toBe(2);
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("the control plane is away; that is read neither as having the address nor as having lost it", async () => {
    await primary.notify("MASTER").run();
    cloud.faults.add({ action: "*", dropConnection: true, count: Infinity });
    for (const node of [primary, secondary]) {
      const { receipt } = await node.run();
      expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed" });
      expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
    }
    cloud.faults.clear();
    expect((await primary.run()).receipt.verdict).toBe("holds");
  });

  test("clients wait longer than a failover may take; a run has one deadline for all that it does", async () => {
    const hanging: Partial<Host> = {
      request: async (url, { timeoutMs }) => {
        await primary.time.sleep(timeoutMs);
        throw new Error(`${url} hangs`);
      },
    };
    const { status, receipt } = await primary.notify("MASTER").run(hanging);
    expect(status).toBe(1);
    expect(receipt.ms).toBeLessThanOrEqual(11_000);
  });

  test("throttling fails the move; here API and metadata are asked again until it works", async () => {
    cloud.faults.add({ action: "*", code: "RequestLimitExceeded", count: 9 });
    cloud.faults.add({ action: "metadata", httpStatus: 429, count: 5 });
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test("a task of somebody else is in the way; its end is waited for", async () => {
    cloud.taskMs = 400;
    await callAsRoot(cloud, "MigratePrivateIpAddress", {
      SourceNetworkInterfaceId: "eni-parking0",
      DestinationNetworkInterfaceId: "eni-secondary0",
      PrivateIpAddress: VIP,
    });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ holderBefore: "moving", holderAfter: "mine", verdict: "moved" });
    // It looks every 100 ms until the other task is over, and for the last time 460 ms after it has begun its own.
    expect(receipt.ms).toBe(400 + 460);
  });

  test("secrets stand in user data; pairctl's settings have no place for one", async () => {
    primary.settings["secretKey"] = "x";
    expect((await primary.run()).receipt.message).toBe(`${SETTINGS}: 'secretKey' is unknown: take it out`);
  });

  test("state that is kept gets stuck; here all of it may be lost, and the cloud has the last word", async () => {
    await primary.notify("MASTER").run();
    primary.files.clear();
    primary.memory.addresses.clear();
    expect((await primary.run()).receipt.verdict).toBe("holds");
  });

  test("the address moved but neighbours still send to the old node; a HAVIP is announced again", async () => {
    await using other = await startCloud("havip");
    const announced: string[] = [];
    const shell = (command: string) => ({ status: announced.push(command) && 0, stdout: "" });
    await new TestNode(other, "primary", "havip").notify("MASTER").run({ shell });
    expect(announced).toContain(`arping -Ac1 ${VIP}`);
  });

  test("new settings never reach a running pairctl; each run reads them", async () => {
    primary.changeVirtualIp({ parkingIp: "10.0.1.102" });
    expect((await primary.run()).receipt.verdict).toBe("refused");
    primary.changeVirtualIp({ parkingIp: "10.0.1.101" });
    expect((await primary.run()).receipt.verdict).toBe("moved");
  });
});
