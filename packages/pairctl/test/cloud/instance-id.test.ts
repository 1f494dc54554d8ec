import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloud, STATE, tampered, TestNode, VIP } from "../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("havip");
  primary = new TestNode(cloud, "primary", "havip");
});
afterEach(() => cloud.stop());

test.each([
  ["nothing", ""],
  ["a page of HTML", "<html>please log in</html>"],
  ["an id with something behind it", "ins-primary0\n<html>"],
  ["an id with something before it", "the ins-primary0"],
])("a metadata service that says %s does not tell who this node is", async (_, body) => {
  const { request } = tampered("metadata", () => body);
  const { status, receipt } = await primary.notify("MASTER").run({ request });
  expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed", calls: [] });
  expect(receipt.message).toBe("metadata instance-id: status 200, no instance-id");
  expect(status).toBe(1);
  expect(primary.files.has(`${STATE}instance-id`)).toBe(false);
});

test("asks who this node is once, and keeps that", async () => {
  cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
  await primary.notify("MASTER").run();
  expect(primary.files.get(`${STATE}instance-id`)).toBe("ins-primary0");
  cloud.faults.add({ action: "metadata", dropConnection: true, count: Infinity });
  expect((await primary.run()).receipt.verdict).toBe("holds");
});
