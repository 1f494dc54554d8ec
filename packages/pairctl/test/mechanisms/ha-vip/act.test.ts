import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { actions, startCloud, TestNode, VIP, virtualTime } from "../../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

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
  const { status, receipt } = await primary.notify("MASTER").run(virtualTime());
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
  const { clock, sleep } = virtualTime();
  const { receipt } = await primary.notify("MASTER").run({ clock, sleep, shell });
  expect(receipt).toMatchObject({ holderBefore: "peer", holderAfter: "mine", verdict: "holds" });
  expect(receipt.ms).toBeGreaterThanOrEqual(2000);
  expect(announced).toEqual([`arping -Ac1 ${VIP}`]);
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

test("could not verify without a role, which is no failure", async () => {
  delete primary.settings["roleName"];
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ verdict: "unverified", calls: [] });
  expect(status).toBe(0);
});

test("announces nothing in a dry run, which changes nothing", async () => {
  const announced: string[] = [];
  const shell = (command: string) => ({ status: announced.push(command) && 0, stdout: "" });
  const { lines } = await primary.notify("MASTER").command(["reconcile", "--dry-run"], { ...virtualTime(), shell });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ holderBefore: "none", verdict: "failed" });
  expect(announced).toEqual([]);
});

test("announces the address only after two seconds, and then every two", async () => {
  const announced: number[] = [];
  const { clock, sleep } = virtualTime();
  const shell = () => ({ status: announced.push(clock()) && 0, stdout: "" });
  await primary.notify("MASTER").run({ clock, sleep, shell });
  expect(announced).toHaveLength(4);
  announced.forEach((ms, index) => expect(ms - (announced[index - 1] ?? 0)).toBeGreaterThan(2000));
});
