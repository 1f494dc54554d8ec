import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actions, callAsRoot, holder, startCloud, TestNode, VIP } from "./pair.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
  secondary = new TestNode(cloud, "secondary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

/** A call that somebody else makes, and the end of its task. */
async function asOperator(action: string, payload: object): Promise<void> {
  await callAsRoot(cloud, action, payload);
  await expect.poll(() => [...cloud.state.tasks.values()].every((task) => task.status !== "RUNNING")).toBe(true);
}

const loseAddress = (networkInterfaceId: string) =>
  asOperator("UnassignPrivateIpAddresses", {
    NetworkInterfaceId: networkInterfaceId,
    PrivateIpAddresses: [{ PrivateIpAddress: VIP }],
  });

const eipBinding = () => cloud.state.addresses.get("eip-00000001")?.binding;

describe("a MASTER", () => {
  test("takes the address from the parking interface, and its EIP comes along", async () => {
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({
      trigger: "MASTER",
      vrrp: "MASTER",
      holderBefore: "parked",
      holderAfter: "mine",
      eip: "eip-00000001",
      verdict: "moved",
    });
    expect(status).toBe(0);
    expect(holder(cloud)).toBe("ins-primary0");
    expect(eipBinding()).toMatchObject({ networkInterfaceId: "eni-primary0", privateIp: VIP });
  });

  test("takes it from the peer once it is promoted, whatever the priorities", async () => {
    await primary.notify("MASTER").run();
    const { receipt } = await secondary.notify("MASTER").run();
    expect(receipt).toMatchObject({ holderBefore: "peer", holderAfter: "mine", verdict: "moved" });
    expect(holder(cloud)).toBe("ins-secondary");
  });

  test("takes it back after a split brain, on the word that the peer's adverts are weaker", async () => {
    await primary.notify("MASTER").run();
    await secondary.notify("MASTER").run();
    const { receipt } = await primary.notify("MASTER_RX_LOWER_PRI").run();
    expect(receipt).toMatchObject({ trigger: "MASTER_RX_LOWER_PRI", holderBefore: "peer", verdict: "moved" });
  });

  test("leaves it with a peer of higher priority when only the timer woke it, and takes it from a lower one", async () => {
    await primary.notify("MASTER").run();
    const { status, receipt } = await secondary.run();
    expect(receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "left" });
    expect(status).toBe(0);
    expect(holder(cloud)).toBe("ins-primary0");

    await secondary.notify("MASTER").run();
    expect((await primary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "moved" });
  });

  test("takes every address of the pair at once, and says so of each", async () => {
    const second = "10.0.1.200";
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-parking1",
      subnetId: "subnet-00000001",
      privateIp: "10.0.1.201",
      secondaryPrivateIps: [second],
    });
    primary.settings["more"] = [{ vip: second, parkingIp: "10.0.1.201", eipId: "" }];
    primary.extraVips = [second];
    const { receipts } = await primary.notify("MASTER").run();
    expect(receipts).toMatchObject([
      { vip: VIP, verdict: "moved", eip: "eip-00000001" },
      { vip: second, verdict: "moved" },
    ]);
    expect(cloud.holderOf(second)?.instanceId).toBe("ins-primary0");
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "UnauthorizedOperation" });
    const { status, receipts: failed } = await primary.notify("MASTER").run();
    expect(failed.map(({ verdict }) => verdict).sort()).toEqual(["failed", "holds"]);
    expect(status).toBe(1);
    expect((await primary.run()).receipts.map(({ trigger }) => trigger)).toEqual(["MASTER", "MASTER"]);
  });

  test("has nothing to do where it has the address already, but looks", async () => {
    await primary.notify("MASTER").run();
    const { receipt } = await primary.run();
    expect(receipt).toMatchObject({ trigger: "timer", holderBefore: "mine", verdict: "holds" });
    expect(actions(receipt)).toEqual(["DescribeNetworkInterfaces", "DescribeNetworkInterfaces"]);
  });

  test("assigns the address and binds the EIP again where no interface has them", async () => {
    await primary.notify("MASTER").run();
    await loseAddress("eni-primary0");
    const { receipt } = await secondary.notify("MASTER").run();
    expect(receipt).toMatchObject({
      holderBefore: "none",
      holderAfter: "mine",
      eip: "eip-00000001",
      verdict: "moved",
    });
    expect(actions(receipt)).toEqual(expect.arrayContaining(["AssignPrivateIpAddresses", "AssociateAddress"]));
    expect(eipBinding()).toMatchObject({ networkInterfaceId: "eni-secondary0", privateIp: VIP });
  });

  test("waits for the end of the cloud's task before it says anything", async () => {
    cloud.taskMs = 350;
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt.verdict).toBe("moved");
    expect(receipt.ms).toBeGreaterThanOrEqual(350);
    expect(actions(receipt).filter((action) => action === "DescribeVpcTaskResult").length).toBeGreaterThan(2);
  });

  test("does not fight where both nodes are MASTER: the higher priority has it in the end", async () => {
    cloud.taskMs = 100;
    const [first, second] = await Promise.all([primary.notify("MASTER").run(), secondary.notify("MASTER").run()]);
    expect([first.receipt.verdict, second.receipt.verdict]).not.toContain("failed");
    const moves = [first, second]
      .flatMap(({ receipt }) => actions(receipt))
      .filter((action) => /^Migrate/.test(action));
    expect(moves.length).toBeLessThanOrEqual(8);
    await Promise.all([primary.run(), secondary.run()]);
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("waits for the VIP, which comes a moment after the notification", async () => {
    primary.hasVip = false;
    setTimeout(() => {
      primary.hasVip = true;
    }, 100);
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test("is still to be promoted where the VIP comes too late for the run", async () => {
    primary.hasVip = false;
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("idle");
    primary.hasVip = true;
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER", verdict: "moved" });
    expect((await primary.run()).receipt).toMatchObject({ trigger: "timer", verdict: "holds" });
  });

  test("does not take the address for its own before the cloud says that it is available", async () => {
    await loseAddress("eni-parking0");
    cloud.taskMs = 300;
    const assigned = { NetworkInterfaceId: "eni-primary0", PrivateIpAddresses: [{ PrivateIpAddress: VIP }] };
    await callAsRoot(cloud, "AssignPrivateIpAddresses", assigned);
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({
      holderBefore: "moving",
      holderAfter: "mine",
      eip: "eip-00000001",
      verdict: "moved",
    });
    expect(receipt.ms).toBeGreaterThanOrEqual(200);
  });

  test("leaves a notification that comes during the run to the run behind it", async () => {
    const run = primary.notify("MASTER").run();
    setTimeout(() => primary.notify("MASTER_RX_LOWER_PRI"), 10);
    expect((await run).receipts.map((receipt) => receipt.trigger)).toEqual(["MASTER"]);
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER_RX_LOWER_PRI", verdict: "holds" });
  });
});

describe("a node that is not MASTER does nothing", () => {
  test.each([
    ["a BACKUP", (node: TestNode) => node.notify("BACKUP"), { hasVip: false }],
    ["a node with the VIP and a dead keepalived", (node: TestNode) => node.notify("MASTER"), { keepalived: false }],
    ["a node whose promotion did not last", (node: TestNode) => node.notify("MASTER"), { hasVip: false }],
  ])("%s", async (_, notify, state) => {
    Object.assign(primary, state);
    const { status, receipt } = await notify(primary).run();
    expect(receipt).toMatchObject({ vrrp: "not MASTER", verdict: "idle", calls: [] });
    expect(status).toBe(0);
    expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe("eni-parking0");
  });

  test("and stops before it writes, where mastership is lost on the way", async () => {
    cloud.on("call", ({ action }) => {
      if (action === "DescribeNetworkInterfaces") primary.hasVip = false;
    });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "idle", message: "no longer MASTER" });
    expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
  });
});

describe("what fails", () => {
  test("refuses to take the address from an interface that is not the pair's", async () => {
    primary.settings["parkingIp"] = "10.0.1.102";
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ holderBefore: "foreign", verdict: "refused" });
    expect(receipt.message).toContain("eni-parking0 has 10.0.1.100");
    expect(status).toBe(3);
  });

  test.each([
    ["UnauthorizedOperation", 1],
    ["InvalidParameterValue.Malformed", 1],
  ])("does not try again after %s", async (code, times) => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", code, count: 9 });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(status).toBe(1);
    expect(receipt.message).toContain(`MigratePrivateIpAddress: ${code}`);
    expect(actions(receipt).filter((action) => action === "MigratePrivateIpAddress")).toHaveLength(times);
  });

  test.each(["RequestLimitExceeded", "InternalError.Timeout", "UnsupportedOperation.MutexOperationTaskRunning"])(
    "looks and tries again after %s",
    async (code) => {
      cloud.faults.add({ action: "MigratePrivateIpAddress", code, count: 2 });
      const { receipt } = await primary.notify("MASTER").run();
      expect(receipt.verdict).toBe("moved");
      expect(actions(receipt).filter((action) => action === "MigratePrivateIpAddress")).toHaveLength(3);
    },
  );

  test("takes an API error for no news: neither its own address nor nobody's", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "UnauthorizedOperation", count: 2 });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "failed" });
    expect(receipt.holderBefore).toBeUndefined();
    expect(holder(cloud)).toBeUndefined();
  });

  test("finds out by looking what became of a call whose answer was lost", async () => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", dropConnection: true, after: true });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt.verdict).toBe("moved");
    expect(receipt.calls?.filter((call) => call.code === "NetworkError")).toHaveLength(1);
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("goes to the next endpoint where one is not there", async () => {
    primary.settings["apiEndpoints"] = ["http://127.0.0.1:1", ...cloud.apiUrls];
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test("gives up after its deadline, and a failed promotion is made up for by the next run", async () => {
    let now = Date.now();
    const skip = (ms: number) => {
      now += ms;
    };
    cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", count: 1000 });
    const overrides = { now: () => now, sleep: async (ms: number) => skip(ms) };
    const { status, receipt } = await primary.notify("MASTER").run(overrides);
    expect(status).toBe(1);
    expect(receipt.message).toContain("InternalError");
    expect(receipt.ms).toBeLessThanOrEqual(10_000);
    cloud.faults.clear();
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER", verdict: "moved" });
  });

  test("says where the EIP is, if it is bound elsewhere", async () => {
    await asOperator("DisassociateAddress", { AddressId: "eip-00000001" });
    await asOperator("AssociateAddress", {
      AddressId: "eip-00000001",
      NetworkInterfaceId: "eni-secondary0",
      PrivateIpAddress: "10.0.1.12",
    });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(status).toBe(1);
    expect(receipt.message).toBe("eip-00000001 is on 10.0.1.12: unbind it there");
  });

  test("says so where the settings are another node's", async () => {
    primary.settings["node"] = { role: "primary", privateIp: "10.0.1.12", priority: 100 };
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt.message).toBe("10.0.1.12 is ins-secondary's, not this ins-primary0's");
  });

  test.each([
    ["no role", { httpStatus: 404 }, /metadata .*: status 404/],
    ["a metadata service that is down", { dropConnection: true }, /metadata /],
  ])("says so with %s", async (_, fault, message) => {
    cloud.faults.add({ action: "metadata", count: Infinity, ...fault });
    const { status, receipt } = await primary.notify("MASTER").run({ sleep: async () => {} });
    expect(status).toBe(1);
    expect(receipt.message).toMatch(message);
  });

  test("does not leave the address to the timer where the metadata service is away for a second", async () => {
    cloud.faults.add({ action: "metadata", count: 8, dropConnection: true });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "moved", holderAfter: "mine" });
    expect(receipt.ms).toBeGreaterThan(500);
  });

  test("writes no secret into a receipt", async () => {
    const { receipts } = await primary.notify("MASTER").run();
    const call = await fetch(
      `${cloud.metadataUrl("ins-primary0")}/latest/meta-data/cam/security-credentials/pair-hook`,
    );
    const { TmpSecretKey, Token } = (await call.json()) as { TmpSecretKey: string; Token: string };
    expect(TmpSecretKey.length).toBeGreaterThan(8);
    expect(JSON.stringify(receipts)).not.toContain(TmpSecretKey);
    expect(JSON.stringify(receipts)).not.toContain(Token);
  });
});
