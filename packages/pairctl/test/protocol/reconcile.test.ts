import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { startCloud, tampered, TestNode, VIP, virtualTime } from "../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

test("an EIP that does not get to the address is waited for until the deadline, and is said", async () => {
  await primary.notify("MASTER").run();
  const never = tampered("DescribeNetworkInterfaces", (body) => body.replaceAll("eip-00000001", ""));
  const bound = tampered("AssociateAddress", () => '{"Response":{"RequestId":"1"}}');
  const request: Host["request"] = (url, asked) =>
    (asked.headers?.["x-tc-action"] === "AssociateAddress" ? bound : never).request(url, asked);
  const { status, receipt } = await primary.run({ ...virtualTime(), request });
  expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "mine", message: "eip-00000001 is not here yet" });
  expect(status).toBe(1);
});

test("the cloud is asked for just the two addresses, in the VPC alone, and for as much as a page can hold", async () => {
  const asked: unknown[] = [];
  const { request } = nodeHost();
  const listening: Host["request"] = (url, question) => {
    if (question.headers?.["x-tc-action"] === "DescribeNetworkInterfaces") asked.push(JSON.parse(question.body ?? ""));
    return request(url, question);
  };
  await primary.command(["status"], { request: listening });
  const filters = (address: string) => ({
    Filters: [
      { Name: "vpc-id", Values: ["vpc-00000001"] },
      { Name: "address-ip", Values: [address] },
      { Name: "ip-exact-match", Values: ["true"] },
    ],
    Limit: 100,
  });
  expect(asked).toEqual([filters("10.0.1.11"), filters(VIP)]);
});

test("no call is waited for longer than 2 s, nor beyond the deadline", async () => {
  const { clock, sleep } = virtualTime();
  const waits: { at: number; timeoutMs: number }[] = [];
  const { request } = nodeHost();
  const hanging: Host["request"] = async (url, asked) => {
    if (asked.method === "GET") return request(url, asked);
    waits.push({ at: clock(), timeoutMs: asked.timeoutMs });
    await sleep(asked.timeoutMs / 2);
    throw new Error("timed out");
  };
  await primary.notify("MASTER").run({ clock, sleep, random: () => 0, request: hanging });
  expect(waits[0]).toEqual({ at: 0, timeoutMs: 2000 });
  for (const { at, timeoutMs } of waits) expect(timeoutMs).toBe(Math.min(2000, 10_000 - at));
  expect(waits.at(-1)?.timeoutMs).toBeLessThan(2000);
});

test.each([
  ["the shortest", 0, [25, 50, 100, 200, 400, 800, 800]],
  ["the longest", 1, [50, 100, 200, 400, 800, 1600, 1600]],
])(
  "after errors it is looked again soon at first and ever more slowly then: %s pauses",
  async (_, random, expected) => {
    const { clock, sleep } = virtualTime();
    const pauses: number[] = [];
    cloud.faults.add({ action: "*", code: "InternalError", count: Infinity });
    await primary.notify("MASTER").run({
      clock,
      random: () => random,
      sleep: (ms) => {
        pauses.push(ms);
        return sleep(ms);
      },
    });
    expect(pauses.slice(0, expected.length)).toEqual(expected);
    expect(clock()).toBe(10_000);
  },
);
