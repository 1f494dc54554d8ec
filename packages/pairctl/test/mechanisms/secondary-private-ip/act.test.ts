import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../../src/node/host.ts";
import type { Receipt } from "../../../src/passes/receipt.ts";
import {
  actions,
  callAsRoot,
  completeAsRoot,
  giveBack,
  holder,
  startNodes,
  tampered,
  type TestNode,
  VIP,
} from "../../support/pair.ts";
import { network, simulateTimers } from "../../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => ({ cloud, primary, secondary } = await startNodes("secondary-private-ip")));
afterEach(() => cloud.stop());

const loseAddress = (networkInterfaceId: string) =>
  completeAsRoot(cloud, "UnassignPrivateIpAddresses", {
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
    await secondary.notify("MASTER").run();
    await primary.notify("MASTER").run();
    const { status, receipt } = await secondary.run();
    expect(receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "left", agree: "no" });
    expect(status).toBe(1);
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
    const first = { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-00000001" };
    primary.settings["virtualIps"] = [first, { vip: second, parkingIp: "10.0.1.201" }];
    primary.extraVips = [second];
    const { receipts } = await primary.notify("MASTER").run();
    // None waits for the other: whichever is done first is first.
    const inOrder = [...receipts].sort((a, b) => `${a["vip"]}`.localeCompare(`${b["vip"]}`));
    expect(inOrder).toMatchObject([
      { vip: VIP, verdict: "moved", eip: "eip-00000001" },
      { vip: second, verdict: "moved" },
    ]);
    expect(cloud.holderOf(second)?.instanceId).toBe("ins-primary0");
    const refused = tampered("DescribeNetworkInterfaces", (body) =>
      body.includes(`"${second}"`) ? '{"Response":{"Error":{"Code":"UnauthorizedOperation","Message":""}}}' : body,
    );
    const { status, receipts: failed } = await primary.notify("MASTER").run(refused);
    expect(failed.map(({ verdict }) => verdict).sort()).toEqual(["failed", "failed"]);
    expect(status).toBe(1);
    expect((await primary.run()).receipts).toMatchObject([{ verdict: "holds" }, { verdict: "holds" }]);
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
    // The settle time of 25 ms, and the pauses between the looks at the address: 10, 10, 20, 40, 80, 100 and 100 ms.
    expect(receipt.ms).toBe(385);
    expect(actions(receipt).filter((action) => action === "MigratePrivateIpAddress")).toHaveLength(1);
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
    expect((await primary.run()).receipt).toMatchObject({ trigger: "timer", verdict: "moved" });
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
    expect(receipt.ms).toBeGreaterThanOrEqual(300);
  });

  test("leaves a notification that comes during the run to the run behind it", async () => {
    const off = cloud.on("call", ({ action }) => {
      if (action === "MigratePrivateIpAddress") primary.notify("MASTER_RX_LOWER_PRI");
    });
    const { receipts } = await primary.notify("MASTER").run();
    off();
    expect(receipts.map((receipt) => receipt.trigger)).toEqual(["MASTER"]);
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER_RX_LOWER_PRI", verdict: "holds" });
  });
});

describe("a MASTER of lower priority that was not promoted anew", () => {
  beforeEach(async () => {
    await secondary.notify("MASTER").run();
    await primary.notify("MASTER").run();
  });

  test("takes the address from a peer whose interface no instance has any more", async () => {
    const detach = tampered("DescribeNetworkInterfaces", (body) =>
      body.replace(/"Attachment":\{[^}]*ins-primary0[^}]*\}/, '"Attachment":null'),
    );
    const { receipt } = await secondary.run(detach);
    expect(receipt).toMatchObject({ trigger: "timer", holderBefore: "gone", verdict: "moved" });
    expect(holder(cloud)).toBe("ins-secondary");
  });

  test("takes it where its last promotion was never notified", async () => {
    secondary.hasVip = false;
    expect((await secondary.run()).receipt).toMatchObject({
      vrrp: "BACKUP",
      holderBefore: "peer",
      verdict: "idle",
    });
    secondary.hasVip = true;
    expect((await secondary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "moved" });
  });

  test("takes it no second time for the same promotion, even if the first run failed behind the move", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "RequestLimitExceeded" });
    await secondary.notify("MASTER").run();
    secondary.changeVirtualIp({ eipId: "eip-00000009" });
    expect((await secondary.notify("MASTER").run()).receipt.verdict).toBe("failed");
    expect(holder(cloud)).toBe("ins-secondary");
    await primary.run();
    expect((await secondary.run()).receipt).toMatchObject({ trigger: "timer", holderBefore: "peer", verdict: "left" });
  });
});

describe("a BACKUP that has the address", () => {
  beforeEach(async () => {
    await primary.notify("MASTER").run();
    primary.hasVip = false;
    primary.notify("BACKUP");
  });

  test("hands it to the peer, which is MASTER and may not know that it lacks it, once an election is over", async () => {
    const { time } = primary;
    const early = await primary.run();
    expect(early.receipt).toMatchObject({
      vrrp: "BACKUP",
      holderAfter: "mine",
      verdict: "idle",
      agree: "no",
      status: 1,
    });
    await time.sleep(4900);
    expect((await primary.run()).receipt.verdict).toBe("idle");
    await time.sleep(100);
    const { status, receipt } = await primary.run();
    expect(receipt).toMatchObject({ vrrp: "BACKUP", holderBefore: "mine", holderAfter: "peer", verdict: "handed" });
    expect(status).toBe(0);
    expect(holder(cloud)).toBe("ins-secondary");
    expect(eipBinding()).toMatchObject({ networkInterfaceId: "eni-secondary0" });
  });

  test("waits for the longer the longer adverts take", async () => {
    primary.settings["advertInt"] = 3;
    const { time } = primary;
    await primary.run();
    await time.sleep(14_900);
    expect((await primary.run()).receipt).toMatchObject({ holderAfter: "mine", verdict: "idle" });
    await time.sleep(100);
    expect((await primary.run()).receipt.verdict).toBe("handed");
  });

  test("keeps it where the peer's interface is on no instance", async () => {
    const detach = tampered("DescribeNetworkInterfaces", (body) =>
      body.replace(/"Attachment":\{[^}]*ins-secondary[^}]*\}/, '"Attachment":null'),
    );
    await primary.run();
    await primary.time.sleep(5000);
    const { receipt } = await primary.run(detach);
    expect(receipt).toMatchObject({ holderAfter: "mine", verdict: "idle" });
    expect(actions(receipt)).toHaveLength(3);
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("hands it over again where somebody gives it back, after twice the time", async () => {
    const { time } = primary;
    await primary.run();
    await time.sleep(5000);
    expect((await primary.run()).receipt.verdict).toBe("handed");
    await giveBack(cloud);
    await primary.run();
    await time.sleep(9900);
    expect((await primary.run()).receipt.verdict).toBe("idle");
    await time.sleep(100);
    expect((await primary.run()).receipt).toMatchObject({ holderBefore: "mine", verdict: "handed" });
  });

  test.each(["FAULT", "STOP"])("keeps it in %s, since it hears nobody then", async (state) => {
    expect((await primary.notify(state).run()).receipt.verdict).toBe("idle");
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("takes care of it again where it becomes MASTER while it waits", async () => {
    await primary.run();
    primary.hasVip = true;
    expect((await primary.run()).receipt).toMatchObject({ vrrp: "MASTER", verdict: "holds" });
  });
});

test("the address is taken from a foreign interface only where a setting allows it", async () => {
  primary.changeVirtualIp({ parkingIp: "10.0.1.102" });
  primary.settings["allowForeign"] = true;
  expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ holderBefore: "foreign", verdict: "moved" });
});

test("a keepalived that flaps is not chased: it has to be MASTER for the settle time", async () => {
  primary.settings["settleMs"] = 2000;
  const { clock, sleep } = primary.time;
  const flapping: Partial<Host> = {
    sleep: async (pause) => {
      await sleep(pause);
      primary.hasVip = Math.floor(clock() / 1000) % 2 === 0;
    },
  };
  const { receipt } = await primary.notify("MASTER").run(flapping);
  expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
  primary.hasVip = true;
  const settled = await primary.notify("MASTER").run();
  expect(settled.receipt.verdict).toBe("moved");
  expect(settled.receipt.ms).toBeGreaterThanOrEqual(2000);
});

test.each(["primary", "secondary"] as const)("a task that fails is begun again, by the %s", async (role) => {
  const nodes = { primary, secondary };
  await (role === "primary" ? secondary : primary).notify("MASTER").run();
  cloud.taskMs = 50;
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "fails", count: 3 });
  cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError" });
  const { receipt } = await nodes[role].notify("MASTER").run();
  expect(receipt.verdict).toBe("moved");
  // The end of a task that was seen is seen, too.
  expect(receipt.ms).toBeLessThan(1000);
});

describe("a MASTER of lower priority takes the address from its peer", () => {
  const migrations = (receipt: Receipt) => actions(receipt).filter((action) => action === "MigratePrivateIpAddress");
  beforeEach(() => primary.notify("MASTER").run());

  test.each(["RequestLimitExceeded", "InternalError", "ResourceInUse", "AuthFailure.TokenFailure"])(
    "also where its call is refused at first: %s",
    async (code) => {
      cloud.faults.add({ action: "MigratePrivateIpAddress", code, count: 3 });
      const { receipt } = await secondary.notify("MASTER").run();
      expect(receipt).toMatchObject({ holderBefore: "peer", verdict: "moved" });
      expect(migrations(receipt)).toHaveLength(4);
      expect(receipt.ms).toBeLessThan(1000);
    },
  );

  test("once: where it was refused, and the peer takes it back behind the move, it leaves it there", async () => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", count: 2 });
    expect((await secondary.notify("MASTER").run()).receipt.verdict).toBe("moved");
    expect((await primary.run()).receipt.verdict).toBe("moved");
    const { receipt } = await secondary.run();
    expect(receipt).toMatchObject({ holderBefore: "peer", verdict: "left" });
    expect(migrations(receipt)).toEqual([]);
  });

  test("once, where the answer was lost and the peer has it back by the next look: the call may have been carried out", async () => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", httpStatus: 502, after: true });
    const sleep = async (ms: number) => {
      await secondary.time.sleep(ms);
      if (holder(cloud) === "ins-secondary") await primary.run();
    };
    await secondary.notify("MASTER").run({ sleep });
    const { receipt } = await secondary.run();
    expect(receipt).toMatchObject({ holderBefore: "peer", verdict: "left" });
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test.each(["MIGRATING", "AVAILABLE"])(
    "once, where the peer takes it while it waits for its EIP, and is seen with it %s",
    async (state) => {
      cloud.faults.add({ action: "AssociateAddress", code: "InternalError", count: Infinity });
      cloud.faults.add({ action: "DescribeAddresses", code: "InternalError", count: Infinity });
      await loseAddress("eni-primary0");
      let looks = 0;
      let hasAsked = false;
      cloud.on("call", ({ action }) => (hasAsked ||= action === "AssociateAddress"));
      const sleep = async (ms: number) => {
        await secondary.time.sleep(ms);
        if (!hasAsked || holder(cloud) !== "ins-secondary") return;
        await giveBack(cloud);
        if (state === "MIGRATING") looks = 1;
      };
      const moving = tampered("DescribeNetworkInterfaces", (body) =>
        looks-- > 0 ? body.replace(/("PrivateIpAddress":"10.0.1.100"[^}]*"State":")AVAILABLE/, "$1MIGRATING") : body,
      );
      const { receipt } = await secondary.notify("MASTER").run({ ...moving, sleep });
      expect(receipt.verdict).toBe("left");
      expect(actions(receipt)).toContain("AssignPrivateIpAddresses");
      expect(migrations(receipt)).toEqual([]);
    },
  );

  test("and where both are MASTER and the cloud refuses every other call, it moves it no more often than where it refuses none", async () => {
    const movesIn = async (isRefusing: boolean) => {
      const { cloud: world, primary: first, secondary: second } = await startNodes("secondary-private-ip", 100);
      let calls = 0;
      const refusing = {
        request: (...[url, asked]: Parameters<Host["request"]>) => {
          const isRefused = asked.headers?.["x-tc-action"] === "MigratePrivateIpAddress" && calls++ % 2 === 0;
          const code = ["RequestLimitExceeded", "InternalError", "ResourceInUse"][calls % 3];
          const body = JSON.stringify({ Response: { Error: { Code: code, Message: "" }, RequestId: "1" } });
          return isRefusing && isRefused ? Promise.resolve({ status: 200, body }) : network.request(url, asked);
        },
      };
      let moves = 0;
      world.on("holder", () => (moves += 1));
      first.notify("MASTER");
      second.notify("MASTER");
      for (let runs = 0; runs < 120; runs += 1) {
        await Promise.all([first.run(refusing), second.run(refusing)]);
        await first.time.sleep(1000);
      }
      await world.stop();
      return moves;
    };
    const undisturbed = await movesIn(false);
    expect(undisturbed).toBeGreaterThan(4);
    expect(await movesIn(true)).toBeLessThanOrEqual(undisturbed + 2);
  });
});

describe("a node that is not MASTER only looks", () => {
  test.each([
    ["a node in FAULT", "FAULT", { hasVip: false }, "FAULT", 1],
    ["a node with the VIP and a dead keepalived", "MASTER", { keepalived: false }, "DEAD", 1],
    ["a node whose keepalived stops", "STOP", { hasVip: false }, "STOP", 1],
    ["a BACKUP", "BACKUP", { hasVip: false }, "BACKUP", 1],
    ["a BACKUP that was last notified of MASTER", "MASTER", { hasVip: false }, "BACKUP", 1],
  ])("%s, and says that nobody serves", async (_, notified, node, vrrp, exitStatus) => {
    Object.assign(primary, node);
    const { status, receipt } = await primary.notify(notified).run();
    expect(receipt).toMatchObject({ vrrp, holderAfter: "parked", verdict: "idle", agree: "no" });
    expect(actions(receipt)).toEqual(["DescribeNetworkInterfaces", "DescribeNetworkInterfaces"]);
    expect(status).toBe(exitStatus);
    expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe("eni-parking0");
  });

  test("and stops before it writes, where mastership is lost on the way", async () => {
    cloud.on("call", ({ action }) => {
      if (action === "DescribeNetworkInterfaces") primary.hasVip = false;
    });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ vrrp: "BACKUP", verdict: "idle" });
    expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
  });
});

describe("a node that loses mastership on the way does not go on:", () => {
  /** Loses it with the answer of an action. */
  const losing = (action: string) =>
    tampered(action, (body) => {
      primary.hasVip = false;
      return body;
    });

  test.each([
    ["DescribeNetworkInterfaces", "MigratePrivateIpAddress"],
    ["MigratePrivateIpAddress", "AssociateAddress"],
  ])("after %s comes no %s", async (action, write) => {
    primary.settings["settleMs"] = 0;
    // Else it would have the address as a BACKUP, and hand it over in time.
    cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
    const { receipt } = await primary.notify("MASTER").run(losing(action));
    expect(actions(receipt)).not.toContain(write);
    expect(receipt).toMatchObject({ vrrp: "BACKUP", verdict: "idle" });
  });
});

describe("what fails", () => {
  test("refuses to take the address from an interface that is not the pair's", async () => {
    primary.changeVirtualIp({ parkingIp: "10.0.1.102" });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ holderBefore: "foreign", verdict: "refused" });
    expect(receipt.message).toContain("eni-parking0 has 10.0.1.100");
    expect(status).toBe(1);
  });

  test.each(["UnauthorizedOperation", "InvalidParameterValue.Malformed"])(
    "is not tried again in the same run after %s, which does not pass by itself",
    async (code) => {
      cloud.faults.add({ action: "MigratePrivateIpAddress", code, count: Infinity });
      const { status, receipt } = await primary.notify("MASTER").run();
      expect(status).toBe(1);
      expect(receipt.message).toContain(`MigratePrivateIpAddress: ${code}`);
      expect(actions(receipt).filter((action) => action === "MigratePrivateIpAddress")).toHaveLength(1);
    },
  );

  test("is tried until the deadline, ever more slowly, after an error that passes", async () => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", count: Infinity });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect([status, receipt.ms]).toEqual([1, 10_000]);
    const tries = actions(receipt).filter((action) => action === "MigratePrivateIpAddress");
    expect(tries.length).toBeGreaterThan(8);
    expect(tries.length).toBeLessThanOrEqual(24);
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
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "UnauthorizedOperation", count: Infinity });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "failed" });
    expect(receipt).toMatchObject({ holderAfter: "unknown" });
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
    cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", count: 1000 });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(status).toBe(1);
    expect(receipt.message).toMatch(/InternalError/);
    expect(receipt.ms).toBe(10_000);
    cloud.faults.clear();
    expect((await primary.run()).receipt).toMatchObject({ trigger: "timer", verdict: "moved" });
  });

  test("leaves an EIP where it is bound elsewhere, and says so", async () => {
    await completeAsRoot(cloud, "DisassociateAddress", { AddressId: "eip-00000001" });
    await completeAsRoot(cloud, "AssociateAddress", {
      AddressId: "eip-00000001",
      NetworkInterfaceId: "eni-secondary0",
      PrivateIpAddress: "10.0.1.12",
    });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(status).toBe(1);
    expect(receipt.message).toMatch(/^AssociateAddress: .*NotPermit/);
  });

  test.each([
    ["no role", { httpStatus: 404 }, /metadata .*: status 404/],
    ["a metadata service that is down", { dropConnection: true }, /metadata .*: status .*(hang up|ECONN)/],
  ])("says so with %s", async (_, fault, message) => {
    cloud.faults.add({ action: "metadata", count: Infinity, ...fault });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(status).toBe(1);
    expect(receipt.message).toMatch(message);
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
