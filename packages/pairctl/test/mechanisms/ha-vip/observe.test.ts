import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callAsRoot, startCloud, tampered, TestNode, VIP, virtualTime } from "../../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("havip");
  primary = new TestNode(cloud, "primary", "havip");
});
afterEach(() => cloud.stop());

test("reports a HAVIP whose EIP is missing", async () => {
  primary.changeVirtualIp({ eipId: "eip-00000001" });
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ eip: "203.0.113.10", verdict: "holds" });
  await callAsRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-00000001" });
  await expect.poll(() => cloud.state.addresses.get("eip-00000001")?.binding).toBeUndefined();
  const { status, receipt } = await primary.run();
  expect(receipt).toMatchObject({ holderAfter: "mine", verdict: "failed" });
  expect(receipt.message).toBe("havip-00000001 has no EIP: bind eip-00000001");
  expect(status).toBe(1);
});

test("says that there is no such HAVIP", async () => {
  primary.changeVirtualIp({ vip: "10.0.1.11" });
  expect((await primary.notify("MASTER").run()).receipt.message).toBe("no HAVIP 10.0.1.11 in vpc-00000001");
});

test.each([
  ["cut off", '{"Response":{"HaVipSet":[{"HaVip'],
  ["without its list", '{"Response":{"RequestId":"1"}}'],
  ["with a text where a list belongs", '{"Response":{"HaVipSet":"none"}}'],
  ["with something else in its list", '{"Response":{"HaVipSet":[7]}}'],
  ["with an empty object in its list", '{"Response":{"HaVipSet":[{}]}}'],
])("an answer %s says nothing of who has the address", async (_, body) => {
  const broken = tampered("DescribeHaVips", () => body);
  const { status, receipt } = await primary.notify("MASTER").run({ ...virtualTime(), ...broken });
  expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed" });
  expect(receipt.message).toMatch(/^malformed: .|NetworkError: http.*: ./);
  expect(status).toBe(1);
});

test("says so where the HAVIP may not be on this node", async () => {
  await callAsRoot(cloud, "DisassociateHaVipInstance", {
    HaVipAssociationSet: [{ HaVipId: "havip-00000001", InstanceId: "ins-primary0" }],
  });
  const { status, receipt } = await primary.notify("MASTER").run(virtualTime());
  expect(receipt.message).toBe("havip-00000001 is not associated with ins-primary0");
  expect(status).toBe(1);
});

test("needs no EIP where the settings name none", async () => {
  await callAsRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-00000001" });
  await expect.poll(() => cloud.state.addresses.get("eip-00000001")?.binding).toBeUndefined();
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ verdict: "holds" });
});
