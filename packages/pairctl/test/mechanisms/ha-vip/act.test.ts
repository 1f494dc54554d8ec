import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actions, callAsRoot, completeAsRoot, startCloud, tampered, TestNode, VIP } from "../../support/pair.ts";
import { simulateTimers } from "../../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("havip");
  primary = new TestNode(cloud, "primary", "havip");
});
afterEach(() => cloud.stop());

test("confirms that the cloud has seen the HAVIP here", async () => {
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ holderBefore: "mine", holderAfter: "mine", eip: "203.0.113.10", verdict: "holds" });
  expect(actions(receipt)).toEqual(["DescribeHaVips"]);
  expect(status).toBe(0);
});

test("waits until the fabric has learned", async () => {
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-secondary0" });
  setTimeout(() => cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" }), 250);
  const { receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ holderBefore: "peer", holderAfter: "mine", verdict: "holds" });
});

test("fails where the fabric does not learn before the deadline, and says who has it", async () => {
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ holderBefore: "none", verdict: "failed" });
  expect(receipt.message).toBe("havip-00000001 is not here, it is on: none");
  expect(status).toBe(1);
});

test("announces the address again, once, where the fabric does not learn by itself", async () => {
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-secondary0" });
  const announced: string[] = [];
  const shell = (command: string) => {
    announced.push(command);
    setTimeout(() => cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" }), 5);
    return { status: 0, stdout: "" };
  };
  const { receipt } = await primary.notify("MASTER").run({ shell });
  expect(receipt).toMatchObject({ holderBefore: "peer", holderAfter: "mine", verdict: "holds" });
  expect(receipt.ms).toBeGreaterThanOrEqual(2000);
  expect(announced).toEqual([`arping -Ac1 ${VIP}`]);
});

test("reports a HAVIP whose EIP is missing", async () => {
  primary.changeVirtualIp({ eipId: "eip-00000001" });
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ eip: "203.0.113.10", verdict: "holds" });
  await completeAsRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-00000001" });
  const { status, receipt } = await primary.run();
  expect(receipt).toMatchObject({ holderAfter: "mine", verdict: "failed" });
  expect(receipt.message).toBe("havip-00000001 has no EIP: bind eip-00000001");
  expect(status).toBe(1);
});

test("a BACKUP looks who has it, and is well where that is its peer with the EIP", async () => {
  primary.hasVip = false;
  primary.notify("BACKUP");
  expect((await primary.run()).receipt).toMatchObject({ holderAfter: "none", verdict: "idle", agree: "no", status: 1 });
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-secondary0" });
  expect((await primary.run()).receipt).toMatchObject({
    holderAfter: "peer",
    verdict: "idle",
    agree: "yes",
    status: 0,
  });
});

describe("a HAVIP that moves to and fro between two nodes that are both MASTER", () => {
  /** Runs at minutes that are far enough apart for the cloud to tell the times of its moves apart. */
  const runAt = (seconds: number) => primary.run({ clock: () => seconds * 1000 });
  const move = (node: string, second: number) => {
    cloud.learn({ vip: VIP, networkInterfaceId: `eni-${node}0` });
    const haVip = cloud.state.haVips.get("havip-00000001");
    if (haVip) (haVip as { flushedAt?: number }).flushedAt = Date.parse("2026-01-31T03:00:00Z") + second * 1000;
  };

  test("is not well on either, though each look may find it here", async () => {
    primary.notify("MASTER");
    move("primary", 0);
    expect((await runAt(0)).receipt).toMatchObject({ verdict: "holds", agree: "yes", status: 0 });
    expect((await runAt(10)).receipt).toMatchObject({ verdict: "holds", agree: "yes" });
    move("secondary", 12);
    move("primary", 14);
    const { status, receipt } = await runAt(20);
    expect(receipt).toMatchObject({ verdict: "holds", holderAfter: "mine", agree: "no" });
    expect(receipt.message).toMatch(/^havip-00000001 moves away from this MASTER: another node announces it/);
    expect(status).toBe(1);
  });

  test("is well again half a minute after it has moved for the last time", async () => {
    primary.notify("MASTER");
    move("primary", 0);
    await runAt(0);
    move("secondary", 12);
    move("primary", 14);
    await runAt(20);
    expect((await runAt(49)).receipt.agree).toBe("no");
    expect((await runAt(51)).receipt.agree).toBe("yes");
  });

  test("is not contested by the moves of a takeover", async () => {
    move("secondary", 0);
    primary.notify("MASTER");
    const takenWhileItWaits = { sleep: async () => move("primary", 5) };
    expect((await primary.run(takenWhileItWaits)).receipt).toMatchObject({
      holderBefore: "peer",
      verdict: "holds",
      agree: "yes",
    });
  });
});

test("says that there is no such HAVIP", async () => {
  primary.changeVirtualIp({ vip: "10.0.1.11" });
  expect((await primary.notify("MASTER").run()).receipt.message).toBe("no HAVIP 10.0.1.11 in vpc-00000001");
});

test("could not verify without a role, which is no failure", async () => {
  delete primary.settings["roleName"];
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ verdict: "unverified", calls: [] });
  expect(status).toBe(0);
});

test("announces nothing in a dry run, which changes nothing", async () => {
  const announced: string[] = [];
  const shell = (command: string) => ({ status: announced.push(command) && 0, stdout: "" });
  const { lines } = await primary.notify("MASTER").command(["reconcile", "--dry-run"], { shell });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ holderBefore: "none", verdict: "failed" });
  expect(announced).toEqual([]);
});

test("announces the address only after two seconds, and then every two", async () => {
  const announced: number[] = [];
  const shell = () => ({ status: announced.push(primary.time.clock()) && 0, stdout: "" });
  await primary.notify("MASTER").run({ shell });
  expect(announced).toHaveLength(4);
  announced.forEach((ms, index) => expect(ms - (announced[index - 1] ?? 0)).toBeGreaterThan(2000));
});

test.each([
  ["cut off", '{"Response":{"HaVipSet":[{"HaVip'],
  ["without its list", '{"Response":{"RequestId":"1"}}'],
  ["with a text where a list belongs", '{"Response":{"HaVipSet":"none"}}'],
  ["with something else in its list", '{"Response":{"HaVipSet":[7]}}'],
  ["with an empty object in its list", '{"Response":{"HaVipSet":[{}]}}'],
])("an answer %s says nothing of who has the address", async (_, body) => {
  const broken = tampered("DescribeHaVips", () => body);
  const { status, receipt } = await primary.notify("MASTER").run(broken);
  expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed" });
  expect(receipt.message).toMatch(/^malformed: .|NetworkError: http.*: ./);
  expect(status).toBe(1);
});

test("says so where the HAVIP may not be on this node", async () => {
  await callAsRoot(cloud, "DisassociateHaVipInstance", {
    HaVipAssociationSet: [{ HaVipId: "havip-00000001", InstanceId: "ins-primary0" }],
  });
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt.message).toBe("havip-00000001 is not associated with ins-primary0");
  expect(status).toBe(1);
});

test("needs no EIP where the settings name none", async () => {
  await completeAsRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-00000001" });
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ verdict: "holds" });
});
