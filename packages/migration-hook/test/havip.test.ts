import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { actions, startCloud, TestNode, VIP } from "./pair.ts";

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
  expect(receipt).toMatchObject({ holderBefore: "ins-secondary", holderAfter: "mine", verdict: "holds" });
});

test("fails where the fabric does not learn before the deadline, and says who has it", async () => {
  let now = Date.now();
  const skip = (ms: number) => {
    now += ms;
  };
  const { status, receipt } = await primary.notify("MASTER").run({ now: () => now, sleep: async (ms) => skip(ms) });
  expect(receipt).toMatchObject({ holderBefore: "none", verdict: "failed" });
  expect(receipt.message).toBe("no havip-00000001 here, it is on: none in 10000 ms");
  expect(status).toBe(1);
});

test("says that there is no such HAVIP", async () => {
  primary.settings["vip"] = "10.0.1.11";
  expect((await primary.notify("MASTER").run()).receipt.message).toBe("no HAVIP 10.0.1.11 in vpc-00000001");
});

test("could not verify without a role, which is no failure", async () => {
  delete primary.settings["roleName"];
  const { status, receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({ verdict: "unverified", calls: [] });
  expect(status).toBe(0);
});
